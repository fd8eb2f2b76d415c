"""Name a browser and its system from the User-Agent line, well enough to know one's own devices."""

from __future__ import annotations

from yiwang.kernel.text import Text

# Order matters: Edge and WeChat also say Chrome or Safari, Chrome also says Safari; Android also says Linux.
_BROWSERS = (
    ("MicroMessenger", Text("微信", "WeChat")),
    ("Edg", Text("Edge", "Edge")),
    ("Firefox", Text("Firefox", "Firefox")),
    ("Chrome", Text("Chrome", "Chrome")),
    ("Safari", Text("Safari", "Safari")),
)
_SYSTEMS = (
    ("HarmonyOS", Text("鸿蒙", "HarmonyOS")),
    ("Android", Text("安卓", "Android")),
    ("iPhone", Text("iPhone", "iPhone")),
    ("iPad", Text("iPad", "iPad")),
    ("Windows", Text("Windows", "Windows")),
    ("Mac OS X", Text("macOS", "macOS")),
    ("Linux", Text("Linux", "Linux")),
)
_OTHER = Text("其他浏览器", "Another browser")


def browser_words(user_agent: str) -> Text:
    """Browser and system, e.g. Chrome，Windows / Chrome, Windows."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), _OTHER)
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), None)
    if system is None:
        return browser
    return Text(f"{browser.zh}，{system.zh}", f"{browser.en}, {system.en}")
