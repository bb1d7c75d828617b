package dev.lifeboat.dns;

import dev.lifeboat.contract.error.DnsRefusedException;
import java.util.List;
import org.jboss.logging.Logger;

/** Points records at the live load balancer, and back. */
final class Failover {
    private static final Logger LOG = Logger.getLogger(Failover.class);

    private final CloudflareApi api;
    private final CloudflareCalls calls;
    private final String token;
    private final Runnable lease;

    /** @param lease throws when the target is not ours any more */
    Failover(CloudflareApi api, CloudflareCalls calls, String token, Runnable lease) {
        this.api = api;
        this.calls = calls;
        this.token = token;
        this.lease = lease;
    }

    DnsChanges ensure(DnsRequest.Ensure request) {
        lease.run();
        Zone zone = Zone.find(api, calls, token, request.zone());
        DnsValue wanted = request.loadBalancer().value();
        // All are found before the first is changed: a name that does not exist must not leave half a change behind.
        List<DnsRecord> records = request.records().stream().map(zone::record).toList();
        return DnsChanges.of(
                records.stream().map(record -> point(zone, record, wanted)).toList());
    }

    DnsChanges undo(DnsRequest.Undo request) {
        lease.run();
        Zone zone = Zone.find(api, calls, token, request.zone());
        return DnsChanges.of(request.records().stream()
                .filter(RecordChange::changed)
                .map(change -> takeBack(zone, request.zone(), change))
                .toList());
    }

    private RecordChange takeBack(Zone zone, String zoneName, RecordChange change) {
        DnsRecord now = zone.record(change.name());
        DnsValue before = DnsValue.parse(change.before());
        if (!now.value().equals(before) && !now.value().equals(DnsValue.parse(change.after()))) {
            throw new DnsRefusedException(
                    "Record " + change.name() + " in zone " + zoneName + " leads to " + now.value() + ", neither to "
                            + change.after() + " nor back to " + change.before() + ".",
                    "Someone changed it since; set it at Cloudflare to what you want.");
        }
        return point(zone, now, before);
    }

    private RecordChange point(Zone zone, DnsRecord record, DnsValue wanted) {
        DnsValue before = record.value();
        boolean change = !before.equals(wanted);
        if (change) {
            // Before the change: should this function die now, the log still knows the way back.
            LOG.infof("Changing record %s from %s to %s", record.name(), before, wanted);
            zone.point(record, wanted, lease);
        }
        return new RecordChange(record.name(), wanted.type(), before.toString(), wanted.toString(), change);
    }
}
