package dev.lifeboat.dns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import java.util.List;

/**
 * A record as Cloudflare gives it; its whole JSON is kept, so that what is not ours survives a change.
 *
 * @param id Cloudflare's
 * @param name fully qualified
 * @param value where it leads
 * @param json all of it
 */
record DnsRecord(String id, String name, DnsValue value, JsonNode json) {
    private static final List<String> KEPT = List.of("proxied", "ttl", "comment", "tags", "settings");

    static DnsRecord of(JsonNode json) {
        return new DnsRecord(
                json.path("id").asText(),
                json.path("name").asText(),
                new DnsValue(json.path("type").asText(), json.path("content").asText()),
                json);
    }

    /** The body that makes it lead elsewhere, with the proxied flag and TTL that it has. */
    ObjectNode leadingTo(DnsValue other) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("name", name);
        body.put("type", other.type());
        body.put("content", other.content());
        KEPT.stream().filter(json::hasNonNull).forEach(field -> body.set(field, json.get(field)));
        return body;
    }

    /** Whether nothing that counts was changed in between. */
    boolean isSameAs(DnsRecord later) {
        return value.equals(later.value)
                && json.path("proxied").equals(later.json.path("proxied"))
                && json.path("ttl").equals(later.json.path("ttl"))
                && json.path("modified_on").equals(later.json.path("modified_on"));
    }
}
