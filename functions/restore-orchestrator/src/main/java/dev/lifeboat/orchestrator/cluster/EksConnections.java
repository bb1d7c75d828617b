package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.aws.EksCluster;
import dev.lifeboat.aws.EksClusters;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.Primed;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * How to reach an EKS cluster's API, by its name. Asks EKS anew each time: a rebuilt cluster has another endpoint.
 *
 * <p>Where the function knows the target parameter, the first generation's name, which schedules and the template give, stands for the
 * generation that the parameter names.
 */
@ApplicationScoped
public class EksConnections implements Function<String, ClusterConnection>, Primed {
    private final Fresh<EksClusters> clusters = new Fresh<>(EksConnections::connect);
    private final Fresh<SsmClient> ssm = new Fresh<>(() -> AwsClients.build(SsmClient.builder()));
    private final Optional<String> targetParameter;

    @Inject
    EksConnections(@ConfigProperty(name = "target.parameter") Optional<String> targetParameter) {
        this.targetParameter = targetParameter;
    }

    /**
     * @param cluster its name
     * @throws AwsUnavailableException when EKS does not answer
     * @throws MisconfiguredException when there is no such cluster
     */
    @Override
    public ClusterConnection apply(String cluster) {
        return exactly(current(cluster));
    }

    /**
     * As {@link #apply}, of the cluster that EKS calls so: to whom a rebuild's old cluster is meant, its name must not stand for the new one.
     */
    ClusterConnection exactly(String cluster) {
        EksCluster found = clusters.get().find(cluster);
        return new ClusterConnection(found.name(), found.endpoint(), found.certificateAuthority(), found.token());
    }

    /**
     * What EKS calls the cluster that a name stands for now; empty when it knows none.
     *
     * @throws AwsUnavailableException when EKS or the parameter store does not answer
     * @throws MisconfiguredException when one of them refuses
     */
    public Optional<String> status(String cluster) {
        return clusters.get().status(current(cluster));
    }

    private String current(String cluster) {
        return targetParameter
                .map(name -> new TargetCluster(ssm.get(), name).standsFor(cluster))
                .orElse(cluster);
    }

    /** Asks the question's cluster for PostgreSQL's pod, as a recovery does first. That there is none is an answer. */
    public void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        if (question.cluster() != null) {
            readiness.look("cluster " + question.cluster(), () -> {
                try (KubernetesAccess access = KubernetesAccess.open(apply(question.cluster()))) {
                    return access.postgres().state(question.namespace(), question.service());
                }
            });
        }
    }

    @Override
    public void prime() {
        AwsClients.prime(EksClient.builder(), (EksClient eks) -> eks.describeCluster(r -> r.name("priming")));
        clusters.discard();
        ssm.discard();
    }

    private static EksClusters connect() {
        return new EksClusters(
                AwsClients.build(EksClient.builder()),
                DefaultCredentialsProvider.builder().build(),
                new DefaultAwsRegionProviderChain().getRegion());
    }
}
