package dev.lifeboat.orchestrator.application;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of a text before anybody sees it: the values that are known, however they are encoded, and what looks like a secret.
 * It would rather mask too much.
 */
final class SecretMask {
    static final String MASK = "***";

    /** Shorter values are words that occur anywhere; masking each of them would make a log unreadable and tell the value. */
    private static final int SHORTEST = 4;

    private static final String NAMES =
            "[\\w.-]*(?:passw(?:or)?d|pwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|session|signature)[\\w.-]*";

    private record Replacement(Pattern pattern, String by) {}

    private static final List<Replacement> PATTERNS = List.of(
            of("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", MASK),
            // The last lines of a log may begin in the middle of one.
            of("\\A.*-----END [A-Z ]*PRIVATE KEY-----", MASK),
            // Of a URL the user stays: it says who was refused.
            of("([a-z][a-z0-9+.-]*://[^\\s:/@]*):[^\\s/]*@", "$1:" + MASK + "@"),
            of("\\beyJ[\\w-]+\\.[\\w-]+(?:\\.[\\w-]*)?", MASK),
            of("\\b(authorization[\"']?\\s*[:=]\\s*[\"']?)[^\"'\\r\\n]+", "$1" + MASK),
            of("\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}", "$1 " + MASK),
            of("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", MASK),
            of("\\bgh[pousr]_[A-Za-z0-9]{20,}", MASK),
            of("(" + NAMES + "[\"']?\\s*[:=]\\s*)(?:\"[^\"\\r\\n]*\"?|'[^'\\r\\n]*'?|[^\\s\"',;&]+)", "$1" + MASK));

    private final List<String> values;

    /** @param values that are known to be secret; blank and very short ones are left out */
    SecretMask(Collection<String> values) {
        this.values = values.stream()
                .flatMap(SecretMask::pieces)
                .flatMap(SecretMask::encodings)
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                // A value that holds another one goes first.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Replacement of(String pattern, String by) {
        return new Replacement(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), by);
    }

    /** A log has one line at a time; a value may have many. */
    private static Stream<String> pieces(String value) {
        return Stream.concat(
                Stream.of(value.strip()), value.lines().map(String::strip).filter(line -> line.length() >= 8));
    }

    private static Stream<String> encodings(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                value,
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
                value.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** The text without secrets. */
    String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        for (Replacement replacement : PATTERNS) {
            masked = replacement.pattern().matcher(masked).replaceAll(replacement.by());
        }
        return masked;
    }
}
