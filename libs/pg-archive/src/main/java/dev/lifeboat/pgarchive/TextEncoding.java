package dev.lifeboat.pgarchive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a dump's text is encoded in.
 *
 * @param name as PostgreSQL calls it
 * @param charset the same, as Java reads it
 */
record TextEncoding(String name, Charset charset) {
    /** What comes before a dump says its encoding is ASCII. */
    static final TextEncoding UTF8 = new TextEncoding("UTF8", StandardCharsets.UTF_8);

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

    /** Empty for one that this library does not know. */
    static Optional<TextEncoding> of(String name) {
        return Optional.ofNullable(JAVA_NAMES.get(name))
                .filter(Charset::isSupported)
                .map(javaName -> new TextEncoding(name, Charset.forName(javaName)));
    }

    /** @throws CharacterCodingException for bytes that are no text in this encoding */
    String decode(byte[] bytes) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** Whether the database has no encoding of its own. */
    boolean isUnknown() {
        return name.equals("SQL_ASCII");
    }
}
