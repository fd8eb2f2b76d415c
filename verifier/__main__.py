"""Checks evidence of a Yiwang city offline. Stand-alone: Python 3.11 and ``cryptography``, nothing of Yiwang.

    python3 verifier evidence.jsonl.gz --key BASE64 [--checkpoint earlier.txt …]
    python3 verifier message.zip --root root.pem

It reads four kinds of files:

* an evidence file (``.jsonl`` or ``.jsonl.gz``): the ledger's leaves in their order, with the trace lines
  that some of them commit to, and the signed heads;
* a file of proofs (JSON): single trace lines, each with its path to a signed head;
* a consistency proof (JSON), as ``/api/trust/consistency`` gives it;
* a container (``.zip``): one message between two nodes with both signatures, the certificates and what the
  responder said of them, a time stamp, and the message's leaf in the ledger of the node that gave it out.

The formats: a leaf is SHA-256(0x00 || entry), an inner node SHA-256(0x01 || left || right) (RFC 6962,
section 2.1). An entry is ``{"at":…,"content":…,"kind":…,"subject":…}`` as canonical JSON (RFC 8785), where
``content`` is the hexadecimal SHA-256(salt || content). A head is a C2SP checkpoint, signed with Ed25519.
Messages are signed by RFC 9421 (Ed25519) over RFC 9530 digests; certificates are X.509, status answers OCSP
(RFC 6960), time stamps RFC 3161, all ECDSA P-256 with SHA-256 under the city's root.

Exit status: 0 the evidence holds, 1 it does not, 2 the file cannot be read.
"""

import sys

from verify.command import main

if __name__ == "__main__":
    sys.exit(main())
