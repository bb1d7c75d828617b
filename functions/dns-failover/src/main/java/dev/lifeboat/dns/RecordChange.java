package dev.lifeboat.dns;

import dev.lifeboat.contract.Require;

/**
 * A record that was looked at.
 *
 * @param name fully qualified
 * @param type the record's type now, such as CNAME
 * @param before type and content that were found, such as {@code CNAME old.example.org}
 * @param after type and content that it has now
 * @param changed whether they differ
 */
public record RecordChange(String name, String type, String before, String after, boolean changed) {
    public RecordChange {
        Require.text("records.name", name);
        Require.text("records.type", type);
        Require.text("records.before", before);
        Require.text("records.after", after);
    }
}
