"""Make an NSS certificate database that trusts one root: ``python nss_database.py <folder> <root.der>``.

poppler's ``pdfsig`` asks NSS whom to trust. The tool for such databases (certutil) is in a package that few
machines have, the library itself comes with poppler; so this calls the library. It runs as a process of its
own because NSS keeps its state for the whole process.
"""

import ctypes
import sys
from pathlib import Path

TRUSTED_AUTHORITY = 1 << 3 | 1 << 4  # CERTDB_VALID_CA | CERTDB_TRUSTED_CA


class Trust(ctypes.Structure):
    """CERTCertTrust: flags for TLS, mail and code."""

    _fields_ = [("tls", ctypes.c_uint), ("mail", ctypes.c_uint), ("code", ctypes.c_uint)]


def main(folder: str, root: Path) -> int:
    nss, mail = ctypes.CDLL("libnss3.so"), ctypes.CDLL("libsmime3.so")
    for name, result, arguments in (
        ("NSS_InitReadWrite", ctypes.c_int, [ctypes.c_char_p]),
        ("PK11_GetInternalKeySlot", ctypes.c_void_p, []),
        ("PK11_InitPin", ctypes.c_int, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]),
        ("CERT_DecodeCertFromPackage", ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_int]),
        (
            "PK11_ImportCert",
            ctypes.c_int,
            [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_int],
        ),
        ("CERT_GetDefaultCertDB", ctypes.c_void_p, []),
        (
            "CERT_ChangeCertTrust",
            ctypes.c_int,
            [ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(Trust)],
        ),
    ):
        function = getattr(mail if name == "CERT_DecodeCertFromPackage" else nss, name)
        function.restype, function.argtypes = result, arguments
    der = root.read_bytes()
    steps = [nss.NSS_InitReadWrite(f"sql:{folder}".encode())]
    slot = nss.PK11_GetInternalKeySlot()
    steps.append(nss.PK11_InitPin(slot, b"", b""))
    certificate = mail.CERT_DecodeCertFromPackage(der, len(der))
    steps.append(nss.PK11_ImportCert(slot, certificate, 0, b"city root", 0))
    trust = Trust(TRUSTED_AUTHORITY, TRUSTED_AUTHORITY, TRUSTED_AUTHORITY)
    steps.append(nss.CERT_ChangeCertTrust(nss.CERT_GetDefaultCertDB(), certificate, trust))
    nss.PK11_FreeSlot(ctypes.c_void_p(slot))
    return 0 if steps == [0, 0, 0, 0] and certificate else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
