package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.Target;
import java.util.Optional;

/**
 * Which instance is live since a recovery has put it in place; {@code instances/<target>.json} of the backup bucket. The Service says the
 * same, but not when its cluster is lost: then this says which volume holds the data.
 *
 * @param version 1
 * @param cluster in which it is
 * @param incident in which it was put in place
 * @param instance the StatefulSet's name
 * @param claim of its volume
 */
public record LiveInstance(int version, String cluster, String incident, String instance, String claim) {
    public LiveInstance {
        Require.range("version", version, 1, 1);
        Require.text("cluster", cluster);
        Require.text("instance", instance);
        Require.text("claim", claim);
    }

    /** The claim of the live instance's volume; empty when it is the one that k8s/ describes. */
    public static Optional<String> claim(Journal journal, Target target) {
        return journal.find(BucketLayout.liveInstance(target.name()), LiveInstance.class)
                .filter(live -> live.cluster().equals(target.cluster()))
                .map(LiveInstance::claim);
    }
}
