//! Q56xx: errors of what comes from outside of the program: archives, keys, other programs, servers.

use crate::diagnostics::codes::{Row, row};

/// The rows, in order.
pub(super) const ROWS: &[Row] = &[
    row(
        5601,
        "an archive that cannot be read",
        "The file is no ZIP archive, was cut off, or was changed: what it holds does not agree with what it says of
itself. Nothing of a damaged file is given. Files that are compressed in other ways than Deflate cannot be read.",
    ),
    row(
        5602,
        "an archive that is not safe",
        "The archive has a name that leads out of the folder it is extracted to (`../`), holds one path twice, lets
two files share the same bytes, or a file in it grows to more than 200 times its compressed size. No program for archives
writes such a file; it is made to do harm, and nothing of it is read.",
    ),
    row(
        5603,
        "the password of an archive",
        "The file in the archive is encrypted and no password, or another one, was given:

    $archive:=ZIP Read archive($file; $password)",
    ),
    row(
        5604,
        "an archive that cannot be written",
        "The description of the archive cannot be carried out: two sources have the same path in it, a destination
leads out of it, or a compression is asked for that Quatre does not have.",
    ),
    row(
        5605,
        "nothing in an archive can be changed",
        "The files and folders of an archive can be looked at and copied out with `copyTo`. To change an archive, write
a new one with `ZIP Create archive`.",
    ),
    row(
        5606,
        "an archive without a password",
        "An encryption was asked for and no password given: set the property `password` of the description, or leave
`encryption` out.",
    ),
    row(
        5621,
        "a kind of key that there is not",
        "Keys are made with the type RSA and a size of 512 to 8192 bits, or the type ECDSA and one of the curves
prime256v1, secp384r1 and secp521r1; or read with the type PEM:

    $key:=4D.CryptoKey.new({type: \"ECDSA\"; curve: \"prime256v1\"})",
    ),
    row(
        5622,
        "a text that is no key",
        "A key in PEM stands between the lines `-----BEGIN …-----` and `-----END …-----`, with Base64 between them. Keys
in PKCS#8, PKCS#1 and SEC 1 are read, public keys, and certificates for their public key; keys with a password are not.",
    ),
    row(
        5623,
        "a public key where a private one is needed",
        "To sign and to decrypt takes the private key, and the key was read from a public one. `getPrivateKey()` of such
a key is empty.",
    ),
    row(
        5624,
        "a key that cannot do this",
        "The key is too short for the digest or for the message: encryption with RSA takes less than the size of the key,
and a signature with SHA512 needs more than 1000 bits with `pss`.",
    ),
    row(
        5625,
        "keys on curves cannot encrypt",
        "Keys of the type ECDSA make and check signatures only. Encrypt with an RSA key.",
    ),
    row(
        5626,
        "an option of a key that there is not",
        "`hash` is MD5, SHA1, SHA224, SHA256, SHA384 or SHA512; encodings are Base64 and Base64URL, and UTF-8 for the
message itself.",
    ),
    row(
        5627,
        "a signature that is not right",
        "The signature was made of another message, with another key, with another `hash` or another `pss`, or it is
written in another `encoding`.",
    ),
    row(
        5628,
        "a message that cannot be decrypted",
        "It was encrypted for another key, with another `hash`, was changed on the way, or is written in another
encoding.",
    ),
    row(
        5629,
        "a request for a certificate with wrong names",
        "The codes are 13 for the common name, 14 for the country in two letters, 15 for the town, 16 for the state, 17
for the company and 18 for the unit; to each belongs a name in the other array.",
    ),
    row(
        5631,
        "vectors of different lengths",
        "Vectors are compared component by component, so both must have the same number of them: take both from the
same model.",
    ),
    row(
        5641,
        "a program that does not start",
        "The first word of the command line is the path of a program, or its name when it is on the `PATH`. Commands of
a shell such as `cd` and `dir`, pipes and `*` are no programs: start the shell and give it the line:

    $worker:=4D.SystemWorker.new(\"/bin/sh -c 'ls *.txt | wc -l'\")",
    ),
    row(
        5642,
        "a type of answer that there is not",
        "What a program or a server answers becomes a text or a BLOB, that of a server also an object, as `dataType`
says.",
    ),
    row(
        5643,
        "the time of a program is over",
        "The program ran for longer than its option `timeout` allows, and was ended.",
    ),
    row(
        5651,
        "a server that cannot be reached",
        "There is no server of that name, nothing listens at that port, or the network is down. `HTTP Get` gives 0 then,
and a `4D.HTTPRequest` has the error in `errors`.",
    ),
    row(
        5652,
        "a server that does not answer in time",
        "The time of the request is over: the option `timeout`, or `HTTP SET OPTION(HTTP timeout; seconds)`.",
    ),
    row(
        5653,
        "no safe connection to a server",
        "The certificate of the server is not valid: it is for another name, it has expired, or nobody known has signed
it; or both sides speak no version of TLS in common. `validateTLSCertificate: False` takes any certificate.",
    ),
    row(
        5654,
        "an answer that cannot be read",
        "What the server sent is not HTTP, or was cut off before it was complete.",
    ),
    row(
        5655,
        "a request that was ended",
        "The program called `terminate` of the request before it was answered.",
    ),
    row(
        5656,
        "an option of a request that there is not",
        "An option, a method, a header or a number of `HTTP SET OPTION` is none that requests have; headers have one
line.",
    ),
    row(
        5657,
        "a text that is no address of the web",
        "An address begins with `http://` or `https://`, and has the name of a server:
`https://user:password@www.example.com:8080/path?query`.",
    ),
    row(
        5658,
        "a text that is no HTTP message",
        "A message begins with a line such as `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`, then come headers, an empty
line, and the body.",
    ),
];
