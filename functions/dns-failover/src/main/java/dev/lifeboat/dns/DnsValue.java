package dev.lifeboat.dns;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.Locale;
import java.util.Set;

/**
 * Where a name leads.
 *
 * @param type CNAME, A or AAAA
 * @param content host name or address, in lower case and without the root's dot
 */
record DnsValue(String type, String content) {
    static final Set<String> TYPES = Set.of("CNAME", "A", "AAAA");

    DnsValue {
        Require.text("type", type);
        String lower = Require.text("content", content).toLowerCase(Locale.ROOT);
        content = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Reads what {@link #toString()} writes. */
    static DnsValue parse(String text) {
        String[] parts = text.split(" ", 2);
        if (parts.length != 2 || !TYPES.contains(parts[0]) || parts[1].isBlank()) {
            throw new InvalidInputException(
                    "'" + text
                            + "' is no record's value, expected a type and a content such as 'CNAME host.example.org'.",
                    "Pass on the records as ensure answered them.");
        }
        return new DnsValue(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return type + " " + content;
    }
}
