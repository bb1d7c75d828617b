package dev.lifeboat.local.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each request does.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/zones/methods/list/">List zones</a>
 * @see <a href="https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/list/">List records</a>
 */
final class CloudflareRequests {
    private static final Pattern RECORDS =
            Pattern.compile("/client/v4/zones/([0-9a-f]{32})/dns_records(?:/([0-9a-f]{32}))?");
    private static final Pattern ZONE = Pattern.compile("/client/v4/zones/([0-9a-f]{32})");
    private static final int DEFAULT_PAGE = 20;

    private final List<Zone> zones = new ArrayList<>();

    synchronized void addZone(String name) {
        zones.add(new Zone(name));
    }

    synchronized void addRecord(String zone, JsonNode body) {
        zones.stream()
                .filter(candidate -> candidate.name().equals(zone))
                .findFirst()
                .orElseThrow()
                .create(body);
    }

    synchronized List<DnsRecord> records(String name) {
        return zones.stream()
                .flatMap(zone -> zone.records(record -> record.name().equals(name)).stream())
                .toList();
    }

    synchronized ObjectNode answer(String method, URI uri, JsonNode body) {
        String path = uri.getPath();
        Map<String, String> query = query(uri.getRawQuery());
        Matcher records = RECORDS.matcher(path);
        Matcher zone = ZONE.matcher(path);
        if (records.matches()) {
            Zone found = zone(records.group(1), path);
            return records.group(2) == null
                    ? collection(method, found, query, body)
                    : record(method, found, records.group(2), body);
        }
        if (method.equals("GET") && zone.matches()) {
            return one(json(zone(zone.group(1), path)));
        }
        if (method.equals("GET") && path.equals("/client/v4/zones")) {
            refuseUnknown(query, Set.of("name", "status", "page", "per_page"));
            List<ObjectNode> found = zones.stream()
                    .filter(candidate -> matches(query, "name", candidate.name()) && matches(query, "status", "active"))
                    .map(CloudflareRequests::json)
                    .toList();
            return page(found, query);
        }
        if (method.equals("GET") && path.equals("/client/v4/user/tokens/verify")) {
            return one(JsonNodeFactory.instance
                    .objectNode()
                    .put("id", Zone.newId())
                    .put("status", "active"));
        }
        throw CloudflareFault.notImplemented(method + " " + path);
    }

    private static ObjectNode collection(String method, Zone zone, Map<String, String> query, JsonNode body) {
        if (method.equals("POST")) {
            return one(json(zone.create(body)));
        }
        if (!method.equals("GET")) {
            throw CloudflareFault.notImplemented(method + " on dns_records");
        }
        refuseUnknown(query, Set.of("name", "name.exact", "type", "content", "page", "per_page"));
        Predicate<DnsRecord> wanted = record -> matches(query, "name", record.name())
                && matches(query, "name.exact", record.name())
                && matches(query, "type", record.type())
                && matches(query, "content", record.content());
        return page(zone.records(wanted).stream().map(CloudflareRequests::json).toList(), query);
    }

    private static ObjectNode record(String method, Zone zone, String id, JsonNode body) {
        return switch (method) {
            case "GET" -> one(json(zone.record(id)));
            case "PATCH" -> one(json(zone.patch(id, body)));
            case "PUT" -> one(json(zone.put(id, body)));
            case "DELETE" -> {
                zone.delete(id);
                yield one(JsonNodeFactory.instance.objectNode().put("id", id));
            }
            default -> throw CloudflareFault.notImplemented(method + " on a DNS record");
        };
    }

    private Zone zone(String id, String path) {
        return zones.stream()
                .filter(zone -> zone.id().equals(id))
                .findFirst()
                .orElseThrow(() -> CloudflareFault.zoneMissing(path));
    }

    private static void refuseUnknown(Map<String, String> query, Set<String> known) {
        if (!known.containsAll(query.keySet())) {
            throw CloudflareFault.notImplemented("one of the parameters " + query.keySet());
        }
    }

    private static boolean matches(Map<String, String> query, String parameter, String value) {
        String wanted = query.get(parameter);
        return wanted == null || wanted.equalsIgnoreCase(value);
    }

    private static ObjectNode one(ObjectNode result) {
        ObjectNode envelope = envelope();
        envelope.set("result", result);
        return envelope;
    }

    private static ObjectNode page(List<ObjectNode> all, Map<String, String> query) {
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        int perPage = Integer.parseInt(query.getOrDefault("per_page", Integer.toString(DEFAULT_PAGE)));
        ObjectNode envelope = envelope();
        ArrayNode result = envelope.putArray("result");
        all.stream().skip((page - 1L) * perPage).limit(perPage).forEach(result::add);
        envelope.putObject("result_info")
                .put("page", page)
                .put("per_page", perPage)
                .put("count", result.size())
                .put("total_count", all.size())
                .put("total_pages", (all.size() + perPage - 1) / perPage);
        return envelope;
    }

    private static ObjectNode envelope() {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("success", true);
        envelope.putArray("errors");
        envelope.putArray("messages");
        return envelope;
    }

    private static ObjectNode json(Zone zone) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", zone.id())
                .put("name", zone.name())
                .put("status", "active")
                .put("paused", false)
                .put("type", "full");
    }

    private static ObjectNode json(DnsRecord record) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", record.id())
                .put("type", record.type())
                .put("name", record.name())
                .put("content", record.content())
                .put("ttl", record.ttl())
                .put("proxied", record.proxied())
                .put("proxiable", !record.type().equals("TXT"))
                .put("comment", record.comment());
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            parameters.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
