package dev.lifeboat.verifier;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * How a large dump is verified: first the slices of its archive, then the groups of the manifest's parts.
 *
 * @param version 1
 * @param manifestVersionId the manifest's that it was made for, null where the bucket has no versions
 * @param plannedAt when the verification began
 * @param starts the bytes that the archive's slices begin at; empty when it has no table of contents that can be read
 * @param partsInGroup how many parts one slice takes the checksums of, 1 or more
 * @param partGroups how many such slices there are
 */
record VerificationPlan(
        int version, String manifestVersionId, Instant plannedAt, List<Long> starts, int partsInGroup, int partGroups) {
    VerificationPlan {
        Require.range("version", version, 1, 1);
        Require.present("plannedAt", plannedAt);
        starts = Require.listOrEmpty(starts);
        Require.range("partsInGroup", partsInGroup, 1, Integer.MAX_VALUE);
        Require.range("partGroups", partGroups, 0, Integer.MAX_VALUE);
    }

    int slices() {
        return starts.size() + partGroups;
    }
}
