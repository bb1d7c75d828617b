package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.events.Delivery;
import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.lambda.LambdaService;
import dev.lifeboat.local.s3.S3Admin;
import dev.lifeboat.local.states.Integrations;
import dev.lifeboat.local.states.StateFailure;
import dev.lifeboat.local.states.StateMachines;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** How services call each other. */
final class Connections implements Integrations, Delivery {
    /** How many events of a function may be under way before a schedule leaves a turn out. */
    private static final int AT_ONCE = 2;

    private final LambdaService lambda;
    private final Topics topics;
    private final S3Admin s3;
    private final ParameterStore parameters;
    private final Supplier<StateMachines> machines;

    Connections(
            LambdaService lambda,
            Topics topics,
            S3Admin s3,
            ParameterStore parameters,
            Supplier<StateMachines> machines) {
        this.lambda = lambda;
        this.topics = topics;
        this.s3 = s3;
        this.parameters = parameters;
        this.machines = machines;
    }

    @Override
    public InvocationResult invoke(String function, String payload) throws InterruptedException {
        if (lambda.find(function).isEmpty()) {
            throw new StateFailure("Lambda.ResourceNotFoundException", "Function not found: " + function);
        }
        try {
            return lambda.invoke(function, payload);
        } catch (LambdaService.FunctionThrottledException e) {
            throw new StateFailure("Lambda.TooManyRequestsException", e.getMessage());
        }
    }

    @Override
    public String publish(String topicArn, String subject, String message) {
        try {
            return topics.publish(topicArn, subject, message);
        } catch (ApiException e) {
            throw new StateFailure("SNS." + e.code() + "Exception", e.getMessage());
        }
    }

    @Override
    public JsonNode parameter(String name) {
        try {
            return parameters.get(name);
        } catch (ApiException e) {
            // The SDK's class of the error, after the service as the SDK spells it.
            throw new StateFailure("Ssm." + e.code() + "Exception", e.getMessage());
        }
    }

    @Override
    public List<JsonNode> listObjects(String bucket, String prefix) {
        return s3.list(bucket, prefix).stream()
                .map(object -> {
                    ObjectNode item = JsonNodeFactory.instance.objectNode();
                    item.put("Etag", object.get("ETag"));
                    item.put("Key", object.get("Key"));
                    item.put(
                            "LastModified",
                            Instant.parse(object.get("LastModified")).getEpochSecond());
                    item.put("Size", Long.parseLong(object.get("Size")));
                    return (JsonNode) item.put("StorageClass", object.get("StorageClass"));
                })
                .toList();
    }

    @Override
    public void deliver(String targetArn, String input) {
        if (targetArn.startsWith("arn:aws:lambda:")) {
            lambda.invokeLater(targetArn, input);
        } else if (targetArn.startsWith("arn:aws:states:")) {
            machines.get().start(targetArn, null, input);
        } else if (targetArn.startsWith("arn:aws:sns:")) {
            topics.publish(targetArn, null, input);
        } else {
            throw new IllegalArgumentException("No target of this kind is played: " + targetArn);
        }
    }

    @Override
    public boolean isBehind(String targetArn) {
        return targetArn.startsWith("arn:aws:lambda:") && lambda.underWay(targetArn) >= AT_ONCE;
    }
}
