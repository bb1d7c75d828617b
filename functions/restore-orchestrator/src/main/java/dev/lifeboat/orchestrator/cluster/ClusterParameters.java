package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.lambda.AwsFaults;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** What the parameter store says of the target and of how its cluster is rebuilt. */
final class ClusterParameters {
    private final SsmClient ssm;
    private final String targetName;
    private final String clusterName;

    /**
     * @param targetName the parameter that names the target
     * @param clusterName the parameter that holds {@link ClusterSettings}
     */
    ClusterParameters(SsmClient ssm, String targetName, String clusterName) {
        this.ssm = ssm;
        this.targetName = targetName;
        this.clusterName = clusterName;
    }

    String targetName() {
        return targetName;
    }

    /** @throws MisconfiguredException when the parameter is not there */
    ClusterSettings settings() {
        return Json.read("parameter " + clusterName, read(clusterName), ClusterSettings.class);
    }

    /** The target as it is recovered now. */
    Target target() {
        return Json.read("parameter " + targetName, read(targetName), Target.class);
    }

    /** Names another cluster; everything else of the target stays. */
    void nameCluster(UnaryOperator<Target> change) {
        String changed = new String(Json.write(change.apply(target())), java.nio.charset.StandardCharsets.UTF_8);
        try {
            ssm.putParameter(r ->
                    r.name(targetName).value(changed).type(ParameterType.STRING).overwrite(true));
        } catch (SdkException e) {
            throw AwsFaults.translate("write parameter " + targetName, e);
        }
    }

    private String read(String name) {
        try {
            return ssm.getParameter(r -> r.name(name)).parameter().value();
        } catch (ParameterNotFoundException e) {
            throw new MisconfiguredException(
                    "There is no parameter " + name + ".", "Deploy template.yaml, which makes it.", e);
        } catch (SdkException e) {
            throw AwsFaults.translate("read parameter " + name, e);
        }
    }
}
