package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.aws.DatabaseSecrets;
import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.aws.RepositorySecret;
import dev.lifeboat.aws.pgbackrest.PgBackRestRepository;
import dev.lifeboat.aws.pgbackrest.S3RepositoryFiles;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.WorkloadNeeds;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.Primed;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.orchestrator.cluster.EksConnections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What the database functions reach AWS and PostgreSQL by: made at its first use, and again after a snapshot. */
@ApplicationScoped
public class AwsAccess implements Primed {
    private final Fresh<S3Client> s3 = new Fresh<>(() -> AwsClients.build(S3Client.builder()));
    private final Fresh<SecretsManagerClient> secrets =
            new Fresh<>(() -> AwsClients.build(SecretsManagerClient.builder()));
    private final Fresh<SfnClient> stepFunctions = new Fresh<>(() -> AwsClients.build(SfnClient.builder()));
    private final Fresh<Ec2Client> ec2 = new Fresh<>(() -> AwsClients.build(Ec2Client.builder()));
    private final EksConnections clusters;

    @Inject
    AwsAccess(EksConnections clusters) {
        this.clusters = clusters;
    }

    /** S3, as it is now: not to be kept over a snapshot. */
    public S3Client s3() {
        return s3.get();
    }

    /** Step Functions, as it is now: not to be kept over a snapshot. */
    public SfnClient stepFunctions() {
        return stepFunctions.get();
    }

    /** What EBS says of volumes. */
    public BlockVolumes blockVolumes() {
        return id -> BlockVolumes.of(ec2.get()).state(id);
    }

    /** Where PostgreSQL runs. */
    public PostgresPlace postgres() {
        return new KubernetesPostgresPlace(clusters);
    }

    /** What the workloads of the target's namespace need of its configuration. */
    public List<WorkloadNeeds> configNeeds(Target target) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.configNeeds().of(target.namespace());
        }
    }

    /** Who may log in to it. */
    public TargetLogins logins() {
        return new TargetLogins(postgres(), this::credentials);
    }

    /** A role and its password, by the secret's id. */
    public Credentials credentials(String secret) {
        return new DatabaseSecrets(secrets.get()).read(secret);
    }

    /** Finds a cluster by its name. */
    public Function<String, ClusterConnection> clusters() {
        return clusters;
    }

    /**
     * Where WAL and base backups are.
     *
     * @param bucket the backup bucket
     * @param secret the id of the passphrase's secret
     */
    public PgBackRestRepository repository(String bucket, String secret) {
        String passphrase = new RepositorySecret(secrets.get()).passphrase(secret);
        return new PgBackRestRepository(new S3RepositoryFiles(s3(), bucket, "pgbackrest"), "lifeboat", passphrase);
    }

    /** Reads the question's secret and asks its cluster. */
    public void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        if (question.secret() != null) {
            readiness.look(
                    "secret " + question.secret(), () -> new DatabaseSecrets(secrets.get()).read(question.secret()));
        }
        clusters.lookAtNeeds(question, readiness);
    }

    @Override
    public void prime() {
        AwsClients.prime(S3Client.builder(), (S3Client client) -> client.listBuckets());
        AwsClients.prime(
                SecretsManagerClient.builder(),
                (SecretsManagerClient client) -> client.getSecretValue(r -> r.secretId("priming")));
        AwsClients.prime(
                SfnClient.builder(), (SfnClient client) -> client.describeExecution(r -> r.executionArn("priming")));
        AwsClients.prime(
                Ec2Client.builder(), (Ec2Client client) -> client.describeVolumes(r -> r.volumeIds("priming")));
        s3.discard();
        ec2.discard();
        secrets.discard();
        stepFunctions.discard();
    }
}
