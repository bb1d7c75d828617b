package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.AwsFaults;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Reads the history of an execution, page by page. */
final class ExecutionEvents {
    private static final int PAGE = 1000;

    private ExecutionEvents() {}

    /**
     * Every event so far, in order, with its data.
     *
     * @throws AwsUnavailableException when Step Functions does not answer
     * @throws MisconfiguredException when there is no such execution, or it may not be read
     */
    static List<HistoryEvent> of(SfnClient stepFunctions, String execution) {
        try {
            return stepFunctions
                    .getExecutionHistoryPaginator(
                            r -> r.executionArn(execution).maxResults(PAGE).includeExecutionData(true))
                    .events()
                    .stream()
                    .toList();
        } catch (SdkException e) {
            throw AwsFaults.translate("read the history of execution " + execution, e);
        }
    }
}
