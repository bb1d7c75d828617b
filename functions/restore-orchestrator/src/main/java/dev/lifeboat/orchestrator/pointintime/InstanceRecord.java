package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Inspected;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointPlan;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Promoted;
import java.util.Optional;

/**
 * What a recovery has seen of the instance that it made; {@code recoveries/<incident>/<instance>.json} of the backup bucket. Whoever finishes its
 * take-over in its place compares and reports by it.
 *
 * @param version 1
 * @param plan by which it came to its point
 * @param inspected what was in it there
 * @param promoted when it was first seen to take writes; null before
 */
record InstanceRecord(int version, PointPlan plan, Inspected inspected, Promoted promoted) {
    InstanceRecord {
        Require.range("version", version, 1, 1);
        Require.present("plan", plan);
        Require.present("inspected", inspected);
    }

    static Optional<InstanceRecord> find(Journal journal, String incident, String instance) {
        return journal.find(key(incident, instance), InstanceRecord.class);
    }

    void keep(Journal journal, String incident, String instance) {
        journal.put(key(incident, instance), this);
    }

    private static String key(String incident, String instance) {
        return BucketLayout.recovery(incident, instance + ".json");
    }

    /** The same, once it takes writes; a later look does not count. */
    InstanceRecord at(Promoted first) {
        return promoted == null ? new InstanceRecord(version, plan, inspected, first) : this;
    }
}
