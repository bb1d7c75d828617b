package dev.lifeboat.local.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A zone and its records, under the rules of the DNS. Not thread-safe: its owner locks.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/dns/subresources/records/">DNS records</a>
 */
final class Zone {
    private static final Set<String> TYPES = Set.of("A", "AAAA", "CNAME", "TXT");
    private static final Set<String> ADDRESSES = Set.of("A", "AAAA", "CNAME");
    private static final Set<String> FIELDS = Set.of("type", "name", "content", "ttl", "proxied", "comment", "tags");

    private final String id;
    private final String name;
    private final List<DnsRecord> records = new ArrayList<>();

    Zone(String name) {
        this.id = newId();
        this.name = name;
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    List<DnsRecord> records(Predicate<DnsRecord> wanted) {
        return records.stream().filter(wanted).toList();
    }

    DnsRecord record(String recordId) {
        return records.stream()
                .filter(record -> record.id().equals(recordId))
                .findFirst()
                .orElseThrow(CloudflareFault::recordMissing);
    }

    DnsRecord create(JsonNode body) {
        DnsRecord record = merged(new DnsRecord(newId(), null, null, null, 1, false, null), body);
        check(record);
        records.add(record);
        return record;
    }

    /** Changes the fields that the body has. */
    DnsRecord patch(String recordId, JsonNode body) {
        return replace(recordId, merged(record(recordId), body));
    }

    /** Sets the record to what the body says. */
    DnsRecord put(String recordId, JsonNode body) {
        record(recordId);
        return replace(recordId, merged(new DnsRecord(recordId, null, null, null, 1, false, null), body));
    }

    void delete(String recordId) {
        records.remove(record(recordId));
    }

    private DnsRecord replace(String recordId, DnsRecord changed) {
        check(changed);
        records.set(records.indexOf(record(recordId)), changed);
        return changed;
    }

    private static DnsRecord merged(DnsRecord base, JsonNode body) {
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw CloudflareFault.notImplemented("the field '" + field + "' of a DNS record");
            }
        });
        return new DnsRecord(
                base.id(),
                body.path("type").asText(base.type()),
                body.path("name").asText(base.name()),
                body.path("content").asText(base.content()),
                body.path("ttl").asInt(base.ttl()),
                body.path("proxied").asBoolean(base.proxied()),
                body.path("comment").asText(base.comment()));
    }

    private void check(DnsRecord record) {
        if (record.type() == null || !TYPES.contains(record.type())) {
            throw CloudflareFault.invalid(9004, "Invalid DNS record type: " + record.type());
        }
        if (record.name() == null
                || !(record.name().equals(name) || record.name().endsWith("." + name))) {
            throw CloudflareFault.invalid(9000, "DNS name is invalid.");
        }
        checkContent(record);
        if (record.ttl() != 1 && (record.ttl() < 60 || record.ttl() > 86400)) {
            throw CloudflareFault.invalid(9021, "TTL must be between 60 and 86400 seconds, or 1 for Automatic.");
        }
        for (DnsRecord other : records) {
            checkBeside(record, other);
        }
    }

    private static void checkContent(DnsRecord record) {
        String content = record.content() == null ? "" : record.content();
        if (record.type().equals("A") && !content.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            throw CloudflareFault.invalid(9005, "Content for A record must be a valid IPv4 address.");
        }
        if (record.type().equals("AAAA") && !content.contains(":")) {
            throw CloudflareFault.invalid(9006, "Content for AAAA record must be a valid IPv6 address.");
        }
        if (record.type().equals("CNAME") && !content.matches("([A-Za-z0-9_-]+\\.)+[A-Za-z]{2,}")) {
            throw CloudflareFault.invalid(9007, "Content for CNAME record is invalid.");
        }
    }

    private static void checkBeside(DnsRecord record, DnsRecord other) {
        if (other.id().equals(record.id()) || !other.name().equals(record.name())) {
            return;
        }
        if (other.type().equals(record.type()) && other.content().equals(record.content())) {
            throw CloudflareFault.invalid(81058, "An identical record already exists.");
        }
        boolean alias = other.type().equals("CNAME") || record.type().equals("CNAME");
        if (alias && ADDRESSES.contains(other.type()) && ADDRESSES.contains(record.type())) {
            throw CloudflareFault.invalid(81053, "An A, AAAA, or CNAME record with that host already exists.");
        }
    }
}
