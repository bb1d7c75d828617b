package dev.lifeboat.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.s3.ObjectCreated;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.FunctionResource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The shapes of the events that AWS services send. */
final class AwsEvents {
    private static final AtomicLong SEQUENCE = new AtomicLong(System.nanoTime());

    private AwsEvents() {}

    /** Source: Amazon S3 User Guide, "EventBridge event message structure". */
    static ObjectNode objectCreated(ObjectCreated o) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("version", "0");
        detail.putObject("bucket").put("name", o.bucket());
        ObjectNode object = detail.putObject("object")
                .put("key", o.key())
                .put("size", o.size())
                .put("etag", o.etag());
        if (o.versionId() != null) {
            object.put("version-id", o.versionId());
        }
        object.put("sequencer", sequencer());
        return detail.put("request-id", requestId())
                .put("requester", Arns.ACCOUNT)
                .put("source-ip-address", "127.0.0.1")
                .put("reason", o.reason());
    }

    /** Source: Amazon S3 User Guide, "Event message structure": keys are URL-encoded here, unlike in EventBridge. */
    static ObjectNode notification(ObjectCreated o) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode record = event.putArray("Records")
                .addObject()
                .put("eventVersion", "2.1")
                .put("eventSource", "aws:s3")
                .put("awsRegion", Arns.REGION)
                .put("eventTime", Instant.now().toString())
                .put("eventName", eventName(o).substring("s3:".length()));
        ObjectNode s3 = record.putObject("s3").put("s3SchemaVersion", "1.0").put("configurationId", "local");
        s3.putObject("bucket").put("name", o.bucket()).put("arn", Arns.bucket(o.bucket()));
        ObjectNode object = s3.putObject("object")
                .put("key", URLEncoder.encode(o.key(), StandardCharsets.UTF_8).replace("%2F", "/"))
                .put("size", o.size())
                .put("eTag", o.etag());
        if (o.versionId() != null) {
            object.put("versionId", o.versionId());
        }
        object.put("sequencer", sequencer());
        return event;
    }

    static String eventName(ObjectCreated o) {
        return "s3:ObjectCreated:"
                + switch (o.reason()) {
                    case "PutObject" -> "Put";
                    case "CopyObject" -> "Copy";
                    default -> o.reason();
                };
    }

    /** Source: Step Functions Developer Guide, "Automating Step Functions event delivery with EventBridge". */
    static ObjectNode statusChange(ExecutionDescription e) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("executionArn", e.arn())
                .put("stateMachineArn", e.machineArn())
                .put("name", e.name())
                .put("status", e.status().name())
                .put("startDate", e.startedAt().toEpochMilli());
        detail.put(
                "stopDate", e.stoppedAt() == null ? null : (Long) e.stoppedAt().toEpochMilli());
        detail.put("input", e.input()).putObject("inputDetails").put("included", true);
        detail.put("output", e.output());
        if (e.output() != null) {
            detail.putObject("outputDetails").put("included", true);
        }
        return detail.put("error", e.error()).put("cause", e.cause());
    }

    /** Source: Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations", destinations. */
    static String givenUp(FunctionResource function, String payload, InvocationResult last) {
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        record.put("timestamp", Instant.now().toString());
        record.putObject("requestContext")
                .put("requestId", last.requestId())
                .put("functionArn", function.arn() + ":" + (function.alias() == null ? "$LATEST" : function.alias()))
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", function.asyncRetries() + 1);
        record.set("requestPayload", parse(payload));
        record.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "1")
                .put("functionError", last.functionError().orElse(null));
        record.set("responsePayload", parse(last.payload()));
        return record.toString();
    }

    private static JsonNode parse(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(json);
        }
    }

    private static String sequencer() {
        return String.format(java.util.Locale.ROOT, "%018X", SEQUENCE.incrementAndGet());
    }

    private static String requestId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16).toUpperCase(java.util.Locale.ROOT);
    }
}
