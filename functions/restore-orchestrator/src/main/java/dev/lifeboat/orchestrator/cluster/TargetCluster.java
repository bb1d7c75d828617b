package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.AwsFaults;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** Which generation of a cluster is the target's now, as the target parameter has it. */
final class TargetCluster {
    private final SsmClient ssm;
    private final String parameter;

    TargetCluster(SsmClient ssm, String parameter) {
        this.ssm = ssm;
        this.parameter = parameter;
    }

    /**
     * @param cluster a cluster's name
     * @return the parameter's cluster when that is a later generation of it; else the name as it is
     * @throws MisconfiguredException when the parameter is missing, or is not JSON
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when the parameter store does not answer: acting on a cluster that was
     *     replaced would be worse than to wait
     */
    String standsFor(String cluster) {
        String now = read();
        return now.matches(Pattern.quote(cluster) + "-g[0-9]+") ? now : cluster;
    }

    private String read() {
        try {
            String json = ssm.getParameter(r -> r.name(parameter)).parameter().value();
            return Json.mapper().readTree(json).path("cluster").asText();
        } catch (ParameterNotFoundException e) {
            throw new MisconfiguredException(
                    "There is no parameter " + parameter + ", which says what is to be recovered.",
                    "Deploy template.yaml, which makes it.",
                    e);
        } catch (JsonProcessingException e) {
            throw new MisconfiguredException(
                    "Parameter " + parameter + " is not JSON: " + e.getOriginalMessage() + ".",
                    "Correct it, or deploy template.yaml again.",
                    e);
        } catch (SdkException e) {
            throw AwsFaults.translate("read parameter " + parameter, e);
        }
    }
}
