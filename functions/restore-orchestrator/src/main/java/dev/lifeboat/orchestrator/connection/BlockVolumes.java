package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.lambda.AwsFaults;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What EBS says of a volume, whatever Kubernetes believes. */
@FunctionalInterface
public interface BlockVolumes {
    /**
     * @param id {@code vol-…}
     * @return creating, available, in-use, deleting, deleted or error; empty when there is no such volume
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when EC2 does not answer
     * @throws dev.lifeboat.contract.error.MisconfiguredException when it refuses, as when the role may not look
     */
    Optional<String> state(String id);

    /** Asks EC2: DescribeVolumes, of which "Error codes for the Amazon EC2 API" says how it answers for one that is gone. */
    static BlockVolumes of(Ec2Client ec2) {
        return id -> {
            try {
                return ec2.describeVolumes(r -> r.volumeIds(id)).volumes().stream()
                        .map(Volume::stateAsString)
                        .findFirst();
            } catch (Ec2Exception e) {
                if (e.awsErrorDetails() != null
                        && "InvalidVolume.NotFound".equals(e.awsErrorDetails().errorCode())) {
                    return Optional.empty();
                }
                throw AwsFaults.translate("look at volume " + id, e);
            } catch (SdkException e) {
                throw AwsFaults.translate("look at volume " + id, e);
            }
        };
    }
}
