package dev.lifeboat.aws.pgbackrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file in pgBackRest's own format (info.c): sections of {@code key=JSON}, and the SHA-1 of all of it under {@code backrest-checksum}. The
 * JSON stays text until it is asked for: a manifest has a line for every file of a cluster.
 */
final class InfoFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 5;

    private final Map<String, Map<String, String>> sections;

    private InfoFile(Map<String, Map<String, String>> sections) {
        this.sections = sections;
    }

    /** @throws IOException saying what is wrong with it, as the end of a sentence */
    static InfoFile parse(byte[] content) throws IOException {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> section = null;
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = sections.computeIfAbsent(line.substring(1, line.length() - 1), name -> new LinkedHashMap<>());
                continue;
            }
            int equals = equalsSign(line);
            if (section == null || equals < 1) {
                throw new IOException("it has a line that is neither a section nor key=value");
            }
            section.put(line.substring(0, equals), line.substring(equals + 1));
        }
        InfoFile file = new InfoFile(sections);
        file.requireChecksum(content);
        int format = file.value("backrest", "backrest-format").asInt();
        if (format != FORMAT) {
            throw new IOException("it has format " + format + ", expected " + FORMAT);
        }
        return file;
    }

    /** The names of files, which are keys of a manifest, may have the sign in them: their values are objects. */
    private static int equalsSign(String line) {
        int object = line.endsWith("}") ? line.indexOf("={") : -1;
        return object > 0 ? object : line.indexOf('=');
    }

    private void requireChecksum(byte[] content) throws IOException {
        String expected = value("backrest", "backrest-checksum").asText();
        String actual = checksum(new String(content, StandardCharsets.UTF_8));
        if (!expected.equals(actual)) {
            throw new IOException("its checksum is " + actual + ", expected " + expected);
        }
    }

    /** Of one JSON document that the whole file would be, in the file's order, but for the checksum itself. */
    private static String checksum(String text) throws IOException {
        MessageDigest sha1 = sha1();
        sha1.update((byte) '{');
        String open = null;
        String current = null;
        boolean first = true;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("[") && line.endsWith("]")) {
                current = line.substring(1, line.length() - 1);
                continue;
            }
            if (line.isEmpty() || (line.startsWith("backrest-checksum=") && "backrest".equals(current))) {
                continue;
            }
            int equals = equalsSign(line);
            if (!current.equals(open)) {
                update(sha1, (open == null ? "" : "},") + quote(current) + ":{");
                open = current;
                first = true;
            }
            update(sha1, (first ? "" : ",") + quote(line.substring(0, equals)) + ":" + line.substring(equals + 1));
            first = false;
        }
        update(sha1, "}}");
        return HexFormat.of().formatHex(sha1.digest());
    }

    static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quote(String text) throws JsonProcessingException {
        return JSON.writeValueAsString(text);
    }

    /** The keys of a section with their JSON text, in their order; none when there is no such section. */
    Map<String, String> section(String name) {
        return sections.getOrDefault(name, Map.of());
    }

    /** A value; a missing node where there is none. */
    JsonNode value(String section, String key) throws IOException {
        String text = section(section).get(key);
        return text == null ? JSON.missingNode() : json(text);
    }

    static JsonNode json(String text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Not the parser's message: it quotes what it read, which may be a passphrase.
            throw new IOException("it has a value that is no JSON");
        }
    }

    /** The passphrase of what this file describes; null where nothing is encrypted. */
    String passphrase() throws IOException {
        JsonNode node = value("cipher", "cipher-pass");
        return node.isMissingNode() ? null : node.asText();
    }
}
