package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The rank of each fencing token among those that anybody still has. Tokens are compared and never counted with, and a new one is above all others:
 * two nodes whose tokens rank alike go on alike.
 *
 * @param ranks by token
 */
record Ranks(Map<Long, Long> ranks) {
    private static final String TOKEN = "token";

    /** @param tokens that anybody has; those below 1 are none, and stay as they are */
    static Ranks among(Collection<Long> tokens) {
        Map<Long, Long> ranks = new HashMap<>();
        for (long token : new TreeSet<>(tokens)) {
            if (token > 0) {
                ranks.put(token, ranks.size() + 1L);
            }
        }
        return new Ranks(ranks);
    }

    /** Whether every token is its rank already. */
    boolean areKept() {
        return ranks.entrySet().stream().allMatch(each -> each.getKey().equals(each.getValue()));
    }

    long of(long token) {
        return ranks.getOrDefault(token, token);
    }

    /** @param field the name of the value, which may be a token itself */
    JsonNode of(String field, JsonNode value) {
        if (field.equals(TOKEN) && value.isIntegralNumber()) {
            return LongNode.valueOf(of(value.longValue()));
        }
        return value.findValue(TOKEN) == null ? value : copy(value);
    }

    private JsonNode copy(JsonNode value) {
        if (value.isObject()) {
            ObjectNode copied = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(each -> copied.set(each.getKey(), of(each.getKey(), each.getValue())));
            return copied;
        }
        ArrayNode copied = JsonNodeFactory.instance.arrayNode();
        value.forEach(each -> copied.add(of("", each)));
        return copied;
    }

    World of(World world) {
        Restore restore = world.restore();
        Beside beside = world.beside();
        Lease lease = world.lease();
        return world.with(next -> {
            next.restore = restore == null
                    ? null
                    : new Restore(of(restore.token()), restore.plan(), restore.stage(), restore.checked());
            next.beside = beside == null ? null : beside.under(of(beside.token()));
            next.lease = new Lease(of(lease.token()), lease.owner(), lease.held(), lease.heir());
            next.fence = of(world.fence());
            next.restartedBy = of(world.restartedBy());
            next.changedBy = of(world.changedBy());
        });
    }
}
