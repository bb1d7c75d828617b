package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.lambda.AwsFaults;
import dev.lifeboat.orchestrator.application.ApplicationResults.HandedOver;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Starts the recovery whose turn it is when the cause is not in the application. It looks for itself, and obeys the mode. */
final class HandOvers {
    private static final int LONGEST_INCIDENT = 80;
    private static final int LONGEST_NAME = 80;
    private static final String FROM = "from-";

    private final Supplier<SfnClient> stepFunctions;

    HandOvers(Supplier<SfnClient> stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    /**
     * @throws AwsUnavailableException when Step Functions does not answer
     * @throws MisconfiguredException when it refuses, as when there is no such machine
     */
    HandedOver start(ApplicationRequest.HandOver request) {
        String machine = request.machine();
        String incident = incident(request.scope().incident(), machine);
        String name = name(request.starter());
        String execution = machine.replace(":stateMachine:", ":execution:") + ":" + name;
        String input = Json.compact(
                new RecoveryInput(incident, request.trigger(), request.scope().target()));
        try {
            stepFunctions
                    .get()
                    .startExecution(r -> r.stateMachineArn(machine).name(name).input(input));
            return new HandedOver(execution, true);
        } catch (ExecutionAlreadyExistsException e) {
            return new HandedOver(execution, false);
        } catch (SdkException e) {
            throw AwsFaults.translate("start " + machine, e);
        }
    }

    /**
     * A name is taken for ninety days. By the incident alone a second execution of it, which a person has started again, would hand over to
     * nobody.
     */
    private static String name(String starter) {
        return FROM + starter.substring(Math.max(0, starter.length() - (LONGEST_NAME - FROM.length())));
    }

    /** Of its own: the report of this recovery lies under the incident's name. */
    static String incident(String incident, String machine) {
        String suffix = machine.substring(machine.lastIndexOf("-recover-") + "-recover".length());
        String shortened = suffix.length() > LONGEST_INCIDENT / 2 ? suffix.substring(0, LONGEST_INCIDENT / 2) : suffix;
        return incident.substring(0, Math.min(incident.length(), LONGEST_INCIDENT - shortened.length())) + shortened;
    }
}
