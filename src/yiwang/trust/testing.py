"""Example data for the tests of everyone who sets documents."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from yiwang.platform.contracts import Json
from yiwang.trust.contracts import NodeOrder
from yiwang.trust.documents.qr_code import qr_svg

_ADDRESS = "http://127.0.0.1:8000/check/4401-2026-0000123"


def pair(zh: str, en: str) -> dict[str, Json]:
    """A bilingual text as templates read it."""
    return {"zh": zh, "en": en}


def licence_data(**changes: Json) -> dict[str, Json]:
    """What ``licence.typ`` needs, whole."""
    data: dict[str, Json] = {
        "title": pair("建设工程规划许可证", "Construction Project Planning Permit"),
        "number": "穗规建证〔2026〕0123号",
        "holder": {"label": pair("建设单位", "Holder"), "name": "珠江云谷科技有限公司（示例）"},
        "credit_code": "91440101MA5ABCDE0X",
        "facts": [
            {
                "label": pair("项目名称", "Project"),
                "value": pair("珠江云谷数据中心", "Pearl River data centre"),
            },
            {"label": pair("建筑面积", "Floor area"), "value": "58,200 m²"},
        ],
        "statement": pair("经审核，颁发此证。", "Examined and granted."),
        "issuer": pair("广州市规划局", "Guangzhou Urban Planning Bureau"),
        "issued_on": pair("2026年11月20日", "20 November 2026"),
        "valid_until": pair("2027年11月19日", "19 November 2027"),
        "verify": {"address": _ADDRESS, "qr": qr_svg(_ADDRESS)},
    }
    return data | changes


def letter_data(**changes: Json) -> dict[str, Json]:
    """What ``letter.typ`` needs, whole, with every kind of body part."""
    data: dict[str, Json] = {
        "issuer": pair("广州市建设委员会", "Guangzhou Construction Commission"),
        "number": "穗建补〔2026〕18号",
        "title": pair("补正材料一次性告知书", "Notice of Materials to Be Supplemented"),
        "addressee": "珠江云谷科技有限公司（示例）",
        "body": [
            {"text": pair("你单位的申请收悉，请补正：", "Please supplement your application:")},
            {"heading": pair("一、需要补正的内容", "1. What is missing")},
            {
                "items": [
                    pair("环境影响报告书；", "the environmental report;"),
                    pair("建筑面积。", "the floor area."),
                ]
            },
            {"facts": [{"label": pair("补正期限", "Supplement by"), "value": "2026-11-27"}]},
        ],
        "remedies": pair("如有异议，可以申请行政复议。", "You may apply for reconsideration."),
        "contact": pair("联系电话：12345", "Telephone: 12345"),
        "date": pair("2026年11月20日", "20 November 2026"),
        "copies": pair("市监察局。", "Supervision Bureau"),
        "verify": {"address": _ADDRESS, "qr": qr_svg(_ADDRESS)},
        "languages": ["zh", "en"],
    }
    return data | changes


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKeys:
    """The keys that a node would make for itself."""

    sign: Ed25519PrivateKey
    tls: ec.EllipticCurvePrivateKey

    @classmethod
    def generate(cls) -> NodeKeys:
        """Fresh ones."""
        return cls(sign=Ed25519PrivateKey.generate(), tls=ec.generate_private_key(ec.SECP256R1()))

    def order(
        self, node: str = "district-a", *, members: tuple[str, ...] = ("d440103",), proof: bytes = b""
    ) -> NodeOrder:
        """The order that they make."""
        return NodeOrder(
            node=node,
            organisation=members[0],
            address="https://127.0.0.1:8443",
            members=members,
            sign_request=certificate_request(self.sign),
            tls_request=certificate_request(self.tls),
            proof=proof,
        )


def certificate_request(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    """A PKCS #10 request in DER; its subject is of no account."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    request = builder.sign(key, None if isinstance(key, Ed25519PrivateKey) else hashes.SHA256())
    return request.public_bytes(Encoding.DER)
