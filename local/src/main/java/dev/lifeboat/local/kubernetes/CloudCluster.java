package dev.lifeboat.local.kubernetes;

import dev.lifeboat.local.storage.BlockStorage;
import java.util.Objects;

/**
 * What a cluster has that belongs to a cloud: a name that tokens have to be meant for, volumes that outlive it, and nodes that join
 * when their node group comes up.
 *
 * @param name of the EKS cluster
 * @param storage where its volumes are
 * @param secretKey of the account: what tokens are signed with
 */
public record CloudCluster(String name, BlockStorage storage, String secretKey) {
    public CloudCluster {
        Objects.requireNonNull(name);
        Objects.requireNonNull(storage);
        Objects.requireNonNull(secretKey);
    }
}
