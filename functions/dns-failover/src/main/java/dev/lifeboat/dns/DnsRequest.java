package dev.lifeboat.dns;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.List;

/** What {@code DnsFailover} is asked to do: one record for each action, told apart by {@code action}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DnsRequest.Ensure.class, name = "ensure"),
    @JsonSubTypes.Type(value = DnsRequest.Undo.class, name = "undo")
})
public sealed interface DnsRequest {
    /** On whose behalf. */
    String incident();

    /** The zone's name. */
    String zone();

    /** Under which lease. */
    Lease lease();

    /**
     * On whose behalf records are changed. Cloudflare compares no token, so the lease is looked at right before each change.
     *
     * @param target names the lease
     * @param token the lease's fencing token, 1 or more
     */
    record Lease(String target, long token) {
        public Lease {
            Require.text("lease.target", target);
            Require.range("lease.token", token, 1, Long.MAX_VALUE);
        }
    }

    /**
     * Makes records lead to a load balancer; changes only those that do not.
     *
     * @param incident on whose behalf
     * @param lease which has to be held
     * @param zone the zone's name
     * @param records fully qualified host names, at least one
     * @param loadBalancer where they must lead
     */
    record Ensure(String incident, Lease lease, String zone, List<String> records, LoadBalancer loadBalancer)
            implements DnsRequest {
        public Ensure {
            Require.text("incident", incident);
            Require.present("lease", lease);
            Require.text("zone", zone);
            records = List.copyOf(Require.present("records", records));
            Require.range("records' length", records.size(), 1, 100);
            Require.present("loadBalancer", loadBalancer);
        }
    }

    /**
     * Takes back what {@link Ensure} changed.
     *
     * @param incident on whose behalf
     * @param lease which may have been given back, but not taken by another
     * @param zone the zone's name
     * @param records as ensure answered them
     */
    record Undo(String incident, Lease lease, String zone, List<RecordChange> records) implements DnsRequest {
        public Undo {
            Require.text("incident", incident);
            Require.present("lease", lease);
            Require.text("zone", zone);
            records = List.copyOf(Require.present("records", records));
        }
    }

    /**
     * Where a load balancer answers: exactly one of the two.
     *
     * @param hostname as AWS gives
     * @param ip as other providers give
     */
    record LoadBalancer(String hostname, String ip) {
        public LoadBalancer {
            if ((hostname == null) == (ip == null)) {
                throw new InvalidInputException(
                        "Field 'loadBalancer' has " + (ip == null ? "neither hostname nor ip" : "both hostname and ip")
                                + ", expected one of them.",
                        "Pass on what RecoverApplication's find-load-balancer answers.");
            }
        }

        DnsValue value() {
            if (hostname != null) {
                return new DnsValue("CNAME", hostname);
            }
            return new DnsValue(ip.contains(":") ? "AAAA" : "A", ip);
        }
    }
}
