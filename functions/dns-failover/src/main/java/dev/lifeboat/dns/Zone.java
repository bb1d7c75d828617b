package dev.lifeboat.dns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.DnsProviderUnavailableException;
import dev.lifeboat.contract.error.DnsRefusedException;
import java.util.List;
import java.util.stream.StreamSupport;

/** A zone at Cloudflare, and the records in it that say where a name leads. */
final class Zone {
    private static final int PER_PAGE = 100;

    private final CloudflareApi api;
    private final CloudflareCalls calls;
    private final String authorization;
    private final String name;
    private final String id;

    private Zone(CloudflareApi api, CloudflareCalls calls, String authorization, String name, String id) {
        this.api = api;
        this.calls = calls;
        this.authorization = authorization;
        this.name = name;
        this.id = id;
    }

    /**
     * @throws DnsRefusedException when there is no such zone, or the token may not see it
     * @throws DnsProviderUnavailableException when Cloudflare does not answer
     */
    static Zone find(CloudflareApi api, CloudflareCalls calls, String token, String name) {
        String authorization = "Bearer " + token;
        JsonNode zones = calls.result("find zone " + name, () -> api.zones(authorization, name));
        if (zones.size() != 1) {
            throw new DnsRefusedException(
                    "Zone " + name + " could not be found at Cloudflare with this token.",
                    "Correct the target's 'dns.zone', or give the token the permission Zone.Zone Read for it.");
        }
        return new Zone(api, calls, authorization, name, zones.get(0).path("id").asText());
    }

    /**
     * The one record that says where a name leads; records of other types at the same name are nothing to us.
     *
     * @throws DnsRefusedException when there is none, or more than one
     */
    DnsRecord record(String host) {
        JsonNode found = calls.result(
                "find record " + host + " in zone " + name, () -> api.records(authorization, id, host, PER_PAGE));
        List<DnsRecord> leading = StreamSupport.stream(found.spliterator(), false)
                .filter(json -> DnsValue.TYPES.contains(json.path("type").asText()))
                .map(DnsRecord::of)
                .toList();
        if (leading.isEmpty()) {
            throw new DnsRefusedException(
                    "Record " + host + " could not be found in zone " + name + ".",
                    "Create it at Cloudflare as a CNAME or A record, or take it out of the target's 'dns.records'.");
        }
        if (leading.size() > 1) {
            throw new DnsRefusedException(
                    "Record " + host + " in zone " + name + " leads to " + leading.size() + " places, expected one: "
                            + String.join(
                                    ", ",
                                    leading.stream()
                                            .map(r -> r.value().toString())
                                            .toList()) + ".",
                    "Leave one of them, or take the name out of the target's 'dns.records'.");
        }
        return leading.get(0);
    }

    /**
     * Makes a record lead elsewhere, provided that it is still as it was read. Cloudflare takes no condition with a change, so what
     * happens during that one request is not seen.
     *
     * @param last looks at what else must hold, right before the change
     * @throws DnsProviderUnavailableException when someone changed it meanwhile: look again
     */
    void point(DnsRecord read, DnsValue to, Runnable last) {
        String what = "record " + read.name() + " in zone " + name;
        JsonNode now = calls.result("read " + what + " again", () -> api.recordDetails(authorization, id, read.id()));
        if (!read.isSameAs(DnsRecord.of(now))) {
            throw new DnsProviderUnavailableException(
                    "Record " + read.name() + " in zone " + name + " was changed by someone else meanwhile: from "
                            + read.value() + " to " + DnsRecord.of(now).value() + ".",
                    "It is looked at again.");
        }
        last.run();
        if (read.value().type().equals(to.type())) {
            String body = Json.compact(read.leadingTo(to));
            calls.result("change " + what, () -> api.update(authorization, id, read.id(), body));
        } else {
            replace(what, read, to);
        }
    }

    /** Names have either a CNAME or addresses: the old goes and the new comes in one transaction of Cloudflare's. */
    private void replace(String what, DnsRecord read, DnsValue to) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.putArray("deletes").addObject().put("id", read.id());
        body.putArray("posts").add(read.leadingTo(to));
        String text = Json.compact(body);
        calls.result("change the type of " + what, () -> api.batch(authorization, id, text));
    }
}
