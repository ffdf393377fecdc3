"""The layers that every request goes through before and after its route, the outermost first.

watch: request id, language, log, metrics. guard: how much at a time, how large, how long.
entry: who asks, how often. replies: the same POST twice. answers: what was answered already.
"""
