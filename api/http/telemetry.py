"""Traces by OpenTelemetry, where the extra is installed and a collector is named.

The collector, the name of the service and all else are set by OpenTelemetry's own variables, such
as OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_SERVICE_NAME.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec

from fastapi import FastAPI

_COLLECTORS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_UNTRACED = "v1/health,v1/ready,metrics"


def trace(app: FastAPI) -> Callable[[], None]:
    """Trace the requests of an application; return what sends the last traces at its end."""
    if not any(os.environ.get(name) for name in _COLLECTORS):
        return _nothing
    if not find_spec("opentelemetry") or not find_spec("opentelemetry.instrumentation"):
        return _nothing
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = os.environ.get("OTEL_SERVICE_NAME", "lianpu")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    FastAPIInstrumentor.instrument_app(
        app, tracer_provider=provider, excluded_urls=_UNTRACED, exclude_spans=["receive", "send"]
    )
    return provider.shutdown


def _nothing() -> None:
    """Where nothing is traced nothing is left to be sent."""
