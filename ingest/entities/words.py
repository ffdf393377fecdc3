"""What is said about enterprises that cannot be told."""

from __future__ import annotations

from ...text import Text

SEVERAL = Text("“{name}”可以指多家企业", "“{name}” may mean more than one enterprise")
WRITE_CODE = Text(
    "请写全称或统一社会信用代码：{choices}", "write the full name or the code: {choices}"
)
BAD_CODE = Text(
    "统一社会信用代码“{code}”不正确", "the unified social credit code “{code}” is not correct"
)
UNKNOWN_CODE = Text("没有代码为 {code} 的企业", "there is no enterprise with the code {code}")
GIVE_NAME = Text("请同时写明企业全称", "write the enterprise's full name as well")
SAME_CODE = Text("代码 {code} 已是“{known}”的", "the code {code} is on record for “{known}”")
OTHER_FIRMS_CODE = Text(
    "代码 {code} 属于“{known}”，而不是“{name}”",
    "the code {code} belongs to “{known}”, not “{name}”",
)
TWO_CODES = Text(
    "“{name}”已登记的代码是 {known}，这里是 {code}",
    "“{name}” is on record with the code {known}; here it is {code}",
)
CHECK_CODE = Text("请对照营业执照核对名称和代码", "compare name and code with the business licence")
NO_ENTERPRISE = Text("“{name}”不是企业名称", "“{name}” is not the name of an enterprise")
DROP_ROW = Text("请删去合计行和附注行", "take out rows of totals and notes")
TOO_LONG = Text("“{name}…”太长，不像一家企业的名称", "“{name}…” is too long for a name")
ONE_NAME = Text("一格写一家企业的全称", "write the full name of one enterprise")
ONLY_FIGURES = Text("“{name}”只有数字", "“{name}” is only figures")
FULL_NAME = Text(
    "请写登记的全称，或先把它列入“企业”表",
    "write the full registered name, or list it in an enterprise sheet first",
)
UNKNOWN = Text(
    "没有叫“{name}”的企业，它也不像全称",
    "there is no enterprise “{name}”, and it does not look like a full name",
)
NEAREST = Text("请写全称；相近的有：{names}", "write the full name; similar: {names}")
