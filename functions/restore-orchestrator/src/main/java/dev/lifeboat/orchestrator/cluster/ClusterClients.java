package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.Primed;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What a rebuild reaches AWS by: made at its first use, and again after a snapshot. */
@ApplicationScoped
public class ClusterClients implements Primed {
    private final Fresh<CloudFormationClient> cloudFormation =
            new Fresh<>(() -> AwsClients.build(CloudFormationClient.builder()));
    private final Fresh<EksClient> eks = new Fresh<>(() -> AwsClients.build(EksClient.builder()));
    private final Fresh<Ec2Client> ec2 = new Fresh<>(() -> AwsClients.build(Ec2Client.builder()));
    private final Fresh<S3Client> s3 = new Fresh<>(() -> AwsClients.build(S3Client.builder()));
    private final Fresh<SsmClient> ssm = new Fresh<>(() -> AwsClients.build(SsmClient.builder()));

    ClusterServices.Clients clients() {
        return new ClusterServices.Clients(cloudFormation.get(), eks.get(), ec2.get(), s3.get());
    }

    SsmClient ssm() {
        return ssm.get();
    }

    @Override
    public void prime() {
        AwsClients.prime(
                CloudFormationClient.builder(),
                (CloudFormationClient client) -> client.describeStacks(r -> r.stackName("priming")));
        AwsClients.prime(
                Ec2Client.builder(), (Ec2Client client) -> client.describeVolumes(r -> r.volumeIds("priming")));
        AwsClients.prime(SsmClient.builder(), (SsmClient client) -> client.getParameter(r -> r.name("priming")));
        cloudFormation.discard();
        eks.discard();
        ec2.discard();
        s3.discard();
        ssm.discard();
    }
}
