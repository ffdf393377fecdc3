"""The layers that every request goes through before and after its route, the outermost first.

watch: request id, language, log, metrics. guard: how much at a time, how large, how long.
entry: who asks, how often. answers: what was answered already, as the bytes that went out. Then
the deadline and compression; innermost replies: the same POST twice.
"""
