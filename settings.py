"""Every setting, declared once: name, default and what it means in both languages.

A setting is read from the environment (`LIANPU_` and the name in capitals, nested names joined by
two underscores) or from the file that `LIANPU_SETTINGS` names (TOML, default `lianpu.toml`).
"""

from __future__ import annotations

import os
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import SettingError
from .text import Language, Text

DEFAULT_FILE = "lianpu.toml"
_NO_FILE = Text(
    "LIANPU_SETTINGS 所指的设置文件 {file} 不存在",
    "the settings file {file} that LIANPU_SETTINGS names is not there",
)
_BAD_FILE = Text("设置文件 {file} 读不了：{why}", "the settings file {file} cannot be read: {why}")


def _setting(default: Any, zh: str, en: str, **limits: Any) -> Any:
    return Field(default=default, description=en, json_schema_extra={"zh": zh}, **limits)


class PriorityWeights(BaseModel):
    """Weights of the parts of a gap's priority; only their ratios count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    demand: float = _setting(3.0, "本地需求的权重", "weight of local demand", ge=0)
    reach: float = _setting(2.0, "用到它的本地企业面的权重", "weight of reach", ge=0)
    criticality: float = _setting(
        2.0, "在产业链通路中关键程度的权重", "weight of criticality", ge=0
    )
    feasibility: float = _setting(
        2.0, "与本地已有产品相近程度的权重", "weight of feasibility", ge=0
    )
    availability: float = _setting(1.0, "外地有无可引进企业的权重", "weight of availability", ge=0)
    fragility: float = _setting(1.0, "来源集中程度的权重", "weight of fragility", ge=0)
    certainty: float = _setting(1.0, "确实缺失的把握的权重", "weight of certainty", ge=0)


class TargetWeights(BaseModel):
    """Weights of the parts of a target's score; only their ratios count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    capability: float = _setting(3.0, "能不能生产的权重", "weight of capability", ge=0)
    specialisation: float = _setting(1.0, "专注程度的权重", "weight of specialisation", ge=0)
    strength: float = _setting(2.0, "资质、规模和市场份额的权重", "weight of strength", ge=0)
    links: float = _setting(2.0, "与本地企业已有往来的权重", "weight of links", ge=0)
    pull: float = _setting(2.0, "本地需求对它的吸引力的权重", "weight of pull", ge=0)
    expansion: float = _setting(1.0, "近三年外地布局意愿的权重", "weight of expansion", ge=0)
    proximity: float = _setting(1.0, "距离远近的权重", "weight of proximity", ge=0)
    contention: float = _setting(1.0, "竞争地区多少的权重", "weight of contention", ge=0)


class HalfValues(BaseModel):
    """The raw figures at which a part reaches one half: part = raw / (raw + half)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    need: float = _setting(1e8, "本地需求（元/年）", "local need, yuan a year", gt=0)
    users: float = _setting(3.0, "使用企业数", "user firms", gt=0)
    makers: float = _setting(3.0, "外地生产企业数", "makers elsewhere", gt=0)
    revenue: float = _setting(1e9, "企业营业收入（元/年）", "a firm's revenue, yuan a year", gt=0)
    links: float = _setting(1.0, "往来企业数", "linked local firms", gt=0)
    projects: float = _setting(1.0, "外地项目数", "projects away from home", gt=0)
    distance: float = _setting(500.0, "距离（公里）", "distance, kilometres", gt=0)
    rivals: float = _setting(5.0, "竞争地区数", "contending regions", gt=0)


class Neo4jSettings(BaseModel):
    """How a Neo4j server is spoken to; only used where `store` is the URL of one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: str = _setting("neo4j", "Neo4j 用户名", "user name at the Neo4j server")
    password: SecretStr | None = _setting(None, "Neo4j 密码", "password; never shown")
    database: str | None = _setting(
        None, "Neo4j 数据库，留空用服务器默认的", "database; the server's default where empty"
    )
    certificate: Path | None = _setting(
        None, "自签 CA 证书文件（PEM）", "file of a certificate authority of one's own (PEM)"
    )
    timeout: float = _setting(
        600.0, "一次读写最多多少秒", "most seconds for one reading or writing transaction", gt=0
    )
    connect_timeout: float = _setting(
        10.0, "连接服务器最多等多少秒", "most seconds to connect to the server", gt=0
    )
    retry: float = _setting(
        60.0, "断线或死锁后重试多少秒", "seconds of retrying after a lost connection", ge=0
    )
    wait: float = _setting(
        0.0, "有别人正在写入时等多少秒", "seconds to wait while another writer is at work", ge=0
    )
    rows: int = _setting(
        10_000, "每次发送多少行", "rows sent to the server at a time", ge=1, le=1_000_000
    )


class HttpSettings(BaseModel):
    """The service over HTTP."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = _setting("127.0.0.1", "监听地址", "address to listen on")
    port: int = _setting(8000, "监听端口", "port to listen on", ge=0, le=65535)
    workers: int = _setting(1, "工作进程数", "worker processes", ge=1)
    database: SecretStr = _setting(
        SecretStr(""),
        "运行数据库（密钥、线索、任务等）的地址；空为数据文件夹里的 SQLite",
        "URL of the database for keys, leads, jobs and events; empty: SQLite in the data folder",
    )
    answers: Literal["all", "own"] = _setting(
        "all",
        "限定地区的客户能问哪些地区的公开结论：all 全部，own 只限本地区",
        "which regions' answers a client bound to a region may ask for: all, or only its own",
    )
    rate: int = _setting(
        600, "每个客户每分钟最多请求数", "requests a minute a client may make", ge=1
    )
    rate_storage: str = _setting(
        "memory://",
        "限流计数放在哪里；多进程共用可填 redis 地址",
        "where rates are counted; a Redis URL shares them among workers",
    )
    concurrency: int = _setting(
        64, "每个进程同时处理的请求数上限", "requests a worker handles at a time", ge=1
    )
    seconds: float = _setting(60.0, "单个请求的时限（秒）", "seconds a request may take", gt=0)
    body_megabytes: int = _setting(100, "上传文件大小上限（MB）", "largest upload, megabytes", ge=1)
    answers_kept_megabytes: int = _setting(
        64, "每个进程缓存已有答复的内存上限（MB）", "memory a worker keeps answers in, MB", ge=0
    )
    token_minutes: int = _setting(60, "访问令牌有效期（分钟）", "minutes a token is good", ge=1)
    private_destinations: bool = _setting(
        False,
        "是否允许向内网地址推送事件（CRM 在同一内网时打开）",
        "whether webhooks may go to private addresses (for a CRM on the same intranet)",
    )
    events_seconds: float = _setting(
        1.0,
        "查看有无新事件要推送的间隔（秒）",
        "seconds between looks for events to deliver",
        gt=0,
    )
    retry_seconds: float = _setting(
        5.0,
        "推送失败后首次重试的间隔（秒），以后逐次加长，共约三天",
        "seconds before a failed delivery is tried again; grows over about three days",
        gt=0,
    )
    write_seconds: float = _setting(
        300.0,
        "线索写入图谱并发布快照的间隔（秒）",
        "seconds between writes of leads to the graph, each of which publishes a snapshot",
        gt=0,
    )
    work_ahead: bool = _setting(
        True,
        "发布快照后是否预先算好各地并列的结果（占一个核心，百万家企业约十秒）",
        "whether how all regions stand is worked out when a snapshot appears (one core, about ten "
        "seconds for a million enterprises)",
    )
    drain_seconds: int = _setting(
        20, "停机时等待未完请求的时间（秒）", "seconds to finish requests when stopping", ge=0
    )
    log: Literal["json", "text"] = _setting("json", "日志格式：json 或 text", "json or text logs")


class PageSettings(BaseModel):
    """The page for people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str | None = _setting(
        None, "打开页面时先看哪个地区", "the region that the page opens with"
    )
    boundaries: Path | None = _setting(
        None,
        "行政区划边界（GeoJSON，要素属性 code 为区划代码）；须同时填审图号",
        "boundaries of regions (GeoJSON, property `code`); needs the number of its approval",
    )
    boundaries_approval: str | None = _setting(
        None, "边界地图的审图号，印在图上", "the approval 审图号 of that map, printed on it"
    )


class Settings(BaseSettings):
    """All settings of Lianpu."""

    model_config = SettingsConfigDict(
        env_prefix="LIANPU_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    data: Path = _setting(Path("lianpu-data"), "数据文件夹", "the data folder")
    store: str = _setting(
        "embedded",
        "存储：embedded，或 Neo4j 地址（如 neo4j://主机:7687）",
        "the store: embedded, or the URL of a Neo4j server such as neo4j://host:7687",
    )
    neo4j: Neo4jSettings = _setting(
        Neo4jSettings(), "Neo4j 连接", "how the Neo4j server is spoken to"
    )
    language: Language = _setting("zh", "界面语言：zh 或 en", "language of messages: zh or en")
    snapshots_kept: int = _setting(24, "保留最近多少个快照", "how many snapshots are kept", ge=1)
    memory_limit: str = _setting("4GB", "数据库内存上限", "memory limit of the embedded database")
    threads: int = _setting(0, "线程数，0 表示自动", "threads, 0 for as many as cores", ge=0)
    neighbour_km: float = _setting(
        120.0,
        "两市中心相距多少公里以内算相邻",
        "cities whose centroids lie within this many kilometres are neighbours",
        ge=0,
    )
    accept_score: float = _setting(
        0.86,
        "名称相似度达到多少自动对应",
        "name similarity from which a match is taken",
        ge=0,
        le=1,
    )
    review_score: float = _setting(
        0.55,
        "名称相似度达到多少交人工复核",
        "name similarity from which a person decides",
        ge=0,
        le=1,
    )
    priority: PriorityWeights = _setting(
        PriorityWeights(), "优先级各部分的权重", "weights of a gap's priority"
    )
    targets: TargetWeights = _setting(
        TargetWeights(), "招引对象各部分的权重", "weights of a target's score"
    )
    half: HalfValues = _setting(
        HalfValues(), "各部分取值达到一半时的原始数值", "raw figures at which a part is one half"
    )

    http: HttpSettings = _setting(HttpSettings(), "HTTP 服务", "the service over HTTP")

    page: PageSettings = _setting(PageSettings(), "网页", "the page for people")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let arguments win over the environment, and the environment over the file."""
        file = Path(os.environ.get("LIANPU_SETTINGS") or DEFAULT_FILE)
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file))


def load_settings(**given: Any) -> Settings:
    """Return the settings in force; `given` win over the environment and the file.

    Raises
    ------
    SettingError
        A value is unusable, a name is unknown, or the file is not there or no TOML.
    """
    named = os.environ.get("LIANPU_SETTINGS")
    if named and not Path(named).is_file():
        raise SettingError(_NO_FILE.fill(file=named))
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except (TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingError(_BAD_FILE.fill(file=named or DEFAULT_FILE, why=error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        message = Text("设置 {name} 的值不可用：{why}", "setting {name} is unusable: {why}")
        raise SettingError(message.fill(name=name, why=first["msg"])) from None
