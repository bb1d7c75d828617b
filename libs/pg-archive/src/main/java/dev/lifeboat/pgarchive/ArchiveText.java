package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads strings in the archive's encoding, which its first entry, ENCODING, declares as {@code SET client_encoding = 'UTF8'};
 * what comes before that is plain ASCII in practice and read as UTF-8. Bytes that are not text in that encoding are a
 * fault, never a replacement character: a restore would create an object by a wrong name.
 */
final class ArchiveText {
    private static final Pattern DECLARATION = Pattern.compile("SET client_encoding = '([A-Za-z0-9_]+)';\\s*");
    // Those of PostgreSQL's server encodings (its manual's table of character sets) that Java has too, byte by byte. An
    // SQL_ASCII
    // database does not know its own encoding: UTF-8 or nothing.
    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("UTF8", "UTF-8"),
            Map.entry("SQL_ASCII", "UTF-8"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("LATIN10", "ISO-8859-16"),
            Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_6", "ISO-8859-6"),
            Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("ISO_8859_8", "ISO-8859-8"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            Map.entry("WIN1250", "windows-1250"),
            Map.entry("WIN1251", "windows-1251"),
            Map.entry("WIN1252", "windows-1252"),
            Map.entry("WIN1253", "windows-1253"),
            Map.entry("WIN1254", "windows-1254"),
            Map.entry("WIN1255", "windows-1255"),
            Map.entry("WIN1256", "windows-1256"),
            Map.entry("WIN1257", "windows-1257"),
            Map.entry("WIN1258", "windows-1258"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("EUC_JP", "EUC-JP"),
            Map.entry("EUC_KR", "EUC-KR"),
            Map.entry("EUC_CN", "GB2312"),
            Map.entry("EUC_TW", "x-EUC-TW"));

    private final ArchiveInput in;
    private String encoding = "UTF8";
    private Charset charset = StandardCharsets.UTF_8;

    ArchiveText(ArchiveInput in) {
        this.in = in;
    }

    /** As PostgreSQL calls it. */
    String encoding() {
        return encoding;
    }

    /** Takes over what an ENCODING entry's definition declares. */
    void declare(String definition) {
        Matcher matcher = DECLARATION.matcher(definition == null ? "" : definition);
        if (!matcher.matches()) {
            throw in.corrupt("the ENCODING entry does not set client_encoding.");
        }
        encoding = matcher.group(1);
        String javaName = JAVA_NAMES.get(encoding);
        if (javaName == null || !Charset.isSupported(javaName)) {
            throw in.unsupported(
                    "its encoding is '" + encoding + "', which this library does not know.",
                    "Dump with pg_dump --encoding=UTF8.");
        }
        charset = Charset.forName(javaName);
    }

    /** A string, or null where the archive holds none. */
    String readOptional(String what) throws IOException {
        byte[] bytes = in.readString(what);
        if (bytes == null) {
            return null;
        }
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw in.corrupt(what + " has a zero byte, which PostgreSQL's text never has.");
            }
            return text;
        } catch (CharacterCodingException e) {
            if (encoding.equals("SQL_ASCII")) {
                throw in.unsupported(
                        what
                                + " has bytes that are not UTF-8, and the database has no encoding (SQL_ASCII) to read them by.",
                        "Restore this one with pg_restore; move the database to one with encoding UTF8.");
            }
            ArchiveException fault = in.corrupt(what + " is not text in the archive's encoding, " + encoding + ".");
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
