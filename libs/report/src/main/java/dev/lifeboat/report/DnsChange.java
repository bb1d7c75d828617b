package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * A DNS record that was looked at.
 *
 * @param name fully qualified
 * @param type the record's type now, such as CNAME
 * @param before type and content that were found, such as {@code CNAME old.example.org}
 * @param after type and content that it has now
 * @param changed whether they differ
 */
public record DnsChange(String name, String type, String before, String after, boolean changed) {
    public DnsChange {
        Require.text("dns.name", name);
        Require.text("dns.type", type);
        Require.text("dns.before", before);
        Require.text("dns.after", after);
    }
}
