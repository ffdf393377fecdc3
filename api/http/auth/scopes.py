"""Scopes: what a key may be good for."""

from __future__ import annotations

from ....text import Text

SCOPES: dict[str, Text] = {
    "read": Text("读取缺口、招引对象等结论", "read answers: gaps, targets, enterprises, changes"),
    "import": Text("导入表格", "hand in spreadsheets and follow their import"),
    "leads": Text("登记和更新线索，订阅事件", "take over leads, report on them, be told of events"),
    "contacts": Text("读写线索中的联系人信息", "read and write contact data of people in leads"),
    "review": Text("复核存疑的企业对应", "decide on doubtful matches of enterprises"),
    "admin": Text("管理客户、密钥，查看审计日志", "manage clients and keys, read the audit log"),
}
"""Every scope with what it allows."""
