package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads strings in the archive's encoding, which its first entry, ENCODING, declares as {@code SET client_encoding = 'UTF8'};
 * what comes before that is plain ASCII in practice and read as UTF-8. Bytes that are not text in that encoding are a
 * fault, never a replacement character: a restore would create an object by a wrong name.
 */
final class ArchiveText {
    private static final Pattern DECLARATION = Pattern.compile("SET client_encoding = '([A-Za-z0-9_]+)';\\s*");
    private final ArchiveInput in;
    private TextEncoding encoding = TextEncoding.UTF8;

    ArchiveText(ArchiveInput in) {
        this.in = in;
    }

    /** As PostgreSQL calls it. */
    String encoding() {
        return encoding.name();
    }

    /** Takes over what an ENCODING entry's definition declares. */
    void declare(String definition) {
        Matcher matcher = DECLARATION.matcher(definition == null ? "" : definition);
        if (!matcher.matches()) {
            throw in.corrupt("the ENCODING entry does not set client_encoding.");
        }
        String name = matcher.group(1);
        encoding = TextEncoding.of(name)
                .orElseThrow(() -> in.unsupported(
                        "its encoding is '" + name + "', which this library does not know.",
                        "Dump with pg_dump --encoding=UTF8."));
    }

    /** A string, or null where the archive holds none. */
    String readOptional(String what) throws IOException {
        byte[] bytes = in.readString(what);
        if (bytes == null) {
            return null;
        }
        try {
            String text = encoding.decode(bytes);
            if (text.indexOf('\0') >= 0) {
                throw in.corrupt(what + " has a zero byte, which PostgreSQL's text never has.");
            }
            return text;
        } catch (CharacterCodingException e) {
            if (encoding.isUnknown()) {
                throw in.unsupported(
                        what
                                + " has bytes that are not UTF-8, and the database has no encoding (SQL_ASCII) to read them by.",
                        "Restore this one with pg_restore; move the database to one with encoding UTF8.");
            }
            ArchiveException fault =
                    in.corrupt(what + " is not text in the archive's encoding, " + encoding.name() + ".");
            fault.initCause(e);
            throw fault;
        }
    }

    /** A string that pg_dump always writes. */
    String read(String what) throws IOException {
        String text = readOptional(what);
        if (text == null) {
            throw in.corrupt(what + " is missing.");
        }
        return text;
    }

    /** An unsigned 32-bit number that pg_dump writes as decimal text. */
    long readUnsigned(String what) throws IOException {
        return parseUnsigned(what, read(what));
    }

    long parseUnsigned(String what, String text) {
        int digits = text.length();
        long value = 0;
        boolean valid = digits >= 1 && digits <= 10;
        for (int i = 0; valid && i < digits; i++) {
            char digit = text.charAt(i);
            valid = digit >= '0' && digit <= '9';
            value = value * 10 + (digit - '0');
        }
        if (!valid || value > 0xffff_ffffL) {
            throw in.corrupt(what + " is '" + Labels.shorten(text) + "', expected a number of 32 bits.");
        }
        return value;
    }
}
