package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.Target;
import java.util.Optional;

/**
 * Where the probe keeps what it knows of a target's data. One probe writes at a time; a record that gets lost is made up for a minute later.
 *
 * <p>Every method throws {@link dev.lifeboat.contract.error.StorageUnavailableException} when S3 does not answer.
 */
public final class InvariantRecords {
    private final Journal journal;

    /** @param journal of the backup bucket */
    public InvariantRecords(Journal journal) {
        this.journal = journal;
    }

    /** Empty when the probe never asked anything of the target's data. */
    public Optional<InvariantRecord> find(Target target) {
        return journal.find(BucketLayout.invariants(target.name()), InvariantRecord.class);
    }

    void keep(Target target, InvariantRecord known) {
        journal.put(BucketLayout.invariants(target.name()), known);
    }
}
