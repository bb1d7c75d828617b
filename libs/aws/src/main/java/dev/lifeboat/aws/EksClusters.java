package dev.lifeboat.aws;

import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * Finds an EKS cluster's API and proves to it who we are, as {@code aws eks get-token} does: no kubeconfig, no command
 * line tool. Thread-safe.
 */
public final class EksClusters {
    private final EksClient eks;
    private final AwsCredentialsProvider credentials;
    private final Region region;
    private final Clock clock;

    /**
     * @param eks stays the caller's, who closes it
     * @param credentials of the function's role
     * @param region where the cluster is
     */
    public EksClusters(EksClient eks, AwsCredentialsProvider credentials, Region region) {
        this(eks, credentials, region, Clock.systemUTC());
    }

    EksClusters(EksClient eks, AwsCredentialsProvider credentials, Region region, Clock clock) {
        this.eks = eks;
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    /**
     * @throws AwsUnavailableException when EKS does not answer, or the cluster has no endpoint yet
     * @throws MisconfiguredException when there is no such cluster, or it may not be described
     */
    public EksCluster find(String name) {
        Cluster found = describe(name)
                .orElseThrow(() -> new MisconfiguredException(
                        "There is no EKS cluster " + name + " in " + region.id() + ".",
                        "Correct the target's 'cluster', or the region that this function runs in."));
        if (found.endpoint() == null || found.certificateAuthority() == null) {
            throw new AwsUnavailableException(
                    "EKS cluster " + name + " in " + region.id() + " has no endpoint yet; its status is "
                            + found.statusAsString() + ".",
                    "Wait until 'aws eks wait cluster-active --name " + name + "' returns.");
        }
        byte[] pem = Base64.getMimeDecoder().decode(found.certificateAuthority().data());
        return new EksCluster(
                name,
                found.endpoint(),
                new String(pem, StandardCharsets.US_ASCII),
                new EksToken(name, credentials, region, clock));
    }

    /**
     * What EKS calls it, such as {@code ACTIVE}; empty when it knows no such cluster.
     *
     * @throws AwsUnavailableException when EKS does not answer
     * @throws MisconfiguredException when it may not be described
     */
    public Optional<String> status(String name) {
        return describe(name).map(Cluster::statusAsString);
    }

    private Optional<Cluster> describe(String name) {
        try {
            return Optional.of(eks.describeCluster(r -> r.name(name)).cluster());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw ServiceFaults.translate(
                    "describe EKS cluster " + name + " in " + region.id(),
                    "EKS",
                    "Allow eks:DescribeCluster in the policies of the function's role.",
                    e);
        }
    }
}
