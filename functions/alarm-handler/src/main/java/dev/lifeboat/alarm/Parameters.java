package dev.lifeboat.alarm;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.AwsFaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * What people may change without a deployment: in the Systems Manager parameter store. Not in the function's environment: a published
 * version keeps the environment that it was published with, and would go on recovering what the target was before a change. Read at every
 * event, in one call: the parameter store answers 40 a second, and a storm of alarms brings as many events.
 */
final class Parameters {
    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param names ten at most
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when the parameter store does not answer: the event is tried again,
     *     because a person may have forbidden to act
     */
    static Parameters read(SsmClient ssm, List<String> names) {
        try {
            return new Parameters(ssm.getParameters(r -> r.names(names)).parameters().stream()
                    .collect(Collectors.toMap(Parameter::name, Parameter::value)));
        } catch (SdkException e) {
            throw AwsFaults.translate("read the parameters " + String.join(", ", names), e);
        }
    }

    /** Empty when there is no such parameter. */
    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * @param says what the parameter says, for a message: {@code what is to be recovered}
     * @throws MisconfiguredException when there is no such parameter
     */
    String require(String name, String says) {
        return find(name)
                .orElseThrow(() -> new MisconfiguredException(
                        "There is no parameter " + name + ", which says " + says + ".",
                        "Deploy template.yaml, which makes it."));
    }
}
