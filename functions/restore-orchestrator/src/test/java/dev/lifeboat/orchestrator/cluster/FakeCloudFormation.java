package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import dev.lifeboat.testsupport.TestingAwsApi.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** CloudFormation over a real wire: it keeps stacks, and a test says how far they are. */
final class FakeCloudFormation implements AutoCloseable {
    /** One stack. */
    static final class FakeStack {
        private final String name;
        private final String id;
        private final Map<String, String> request;
        private String status;
        private Map<String, String> outputs = Map.of();
        private List<String> failures = List.of();

        private FakeStack(String name, String id, Map<String, String> request) {
            this.name = name;
            this.id = id;
            this.request = request;
            this.status = "CREATE_IN_PROGRESS";
        }

        FakeStack is(String now) {
            status = now;
            return this;
        }

        FakeStack says(Map<String, String> values) {
            outputs = values;
            return this;
        }

        /** @param reasons oldest first */
        FakeStack failedBy(String... reasons) {
            failures = List.of(reasons);
            return this;
        }

        String id() {
            return id;
        }

        String status() {
            return status;
        }

        Map<String, String> request() {
            return request;
        }
    }

    private final TestingAwsApi api = TestingAwsApi.start();
    private final List<FakeStack> stacks = new ArrayList<>();
    private final CloudFormationClient client;

    FakeCloudFormation() {
        api.on("CreateStack", this::create);
        api.on("DescribeStacks", this::describe);
        api.on("DescribeStackEvents", this::events);
        api.on(
                "ListStacks",
                request -> Answer.ok(xml("ListStacks", "<StackSummaries>" + list() + "</StackSummaries>")));
        api.on("DeleteStack", this::delete);
        client = CloudFormationClient.builder()
                .endpointOverride(api.endpoint())
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
    }

    Stacks stacks() {
        return new Stacks(client);
    }

    /** One that somebody made before. */
    FakeStack add(String name) {
        FakeStack stack = new FakeStack(name, "arn:stack/" + name + "/" + stacks.size(), new LinkedHashMap<>());
        stacks.add(stack);
        return stack;
    }

    FakeStack find(String nameOrId) {
        return stacks.stream()
                .filter(each -> each.id.equals(nameOrId)
                        || (each.name.equals(nameOrId) && !each.status.equals("DELETE_COMPLETE")))
                .findFirst()
                .orElse(null);
    }

    /** The names of all that are not deleted, oldest first. */
    List<String> names() {
        return stacks.stream()
                .filter(each -> !each.status.equals("DELETE_COMPLETE"))
                .map(each -> each.name)
                .toList();
    }

    int requests(String operation) {
        return api.requests(operation).size();
    }

    private Answer create(Request request) {
        Map<String, String> asked = request.parameters();
        String name = asked.get("StackName");
        if (find(name) != null) {
            return error("AlreadyExistsException", "Stack [" + name + "] already exists");
        }
        FakeStack stack = new FakeStack(name, "arn:stack/" + name + "/" + stacks.size(), asked);
        stacks.add(stack);
        return Answer.ok(xml("CreateStack", "<StackId>" + stack.id + "</StackId>"));
    }

    private Answer describe(Request request) {
        FakeStack stack = find(request.parameters().get("StackName"));
        return stack == null
                ? error(
                        "ValidationError",
                        "Stack with id " + request.parameters().get("StackName") + " does not exist")
                : Answer.ok(xml("DescribeStacks", "<Stacks><member>" + described(stack) + "</member></Stacks>"));
    }

    private static String described(FakeStack stack) {
        String outputs = stack.outputs.entrySet().stream()
                .map(each -> "<member><OutputKey>" + each.getKey() + "</OutputKey><OutputValue>" + each.getValue()
                        + "</OutputValue></member>")
                .collect(Collectors.joining());
        StringBuilder tags = new StringBuilder();
        for (int i = 1; stack.request.containsKey("Tags.member." + i + ".Key"); i++) {
            tags.append("<member><Key>")
                    .append(stack.request.get("Tags.member." + i + ".Key"))
                    .append("</Key><Value>")
                    .append(stack.request.get("Tags.member." + i + ".Value"))
                    .append("</Value></member>");
        }
        return "<StackName>" + stack.name + "</StackName><StackId>" + stack.id + "</StackId><StackStatus>"
                + stack.status
                + "</StackStatus><CreationTime>2026-11-23T03:14:00Z</CreationTime><Outputs>" + outputs
                + "</Outputs><Tags>" + tags + "</Tags>";
    }

    private String list() {
        return stacks.stream()
                .map(stack -> "<member>" + described(stack) + "</member>")
                .collect(Collectors.joining());
    }

    private Answer events(Request request) {
        FakeStack stack = find(request.parameters().get("StackName"));
        StringBuilder events = new StringBuilder();
        for (int i = stack.failures.size() - 1; i >= 0; i--) {
            events.append("<member><StackId>" + stack.id + "</StackId><EventId>" + i + "</EventId><StackName>"
                    + stack.name
                    + "</StackName><Timestamp>2026-11-23T03:1" + i + ":00Z</Timestamp>"
                    + "<LogicalResourceId>Nodegroup</LogicalResourceId><ResourceType>AWS::EKS::Nodegroup</ResourceType>"
                    + "<ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>" + stack.failures.get(i)
                    + "</ResourceStatusReason></member>");
        }
        return Answer.ok(xml("DescribeStackEvents", "<StackEvents>" + events + "</StackEvents>"));
    }

    private Answer delete(Request request) {
        FakeStack stack = find(request.parameters().get("StackName"));
        if (stack != null) {
            stack.status = "DELETE_IN_PROGRESS";
        }
        return Answer.ok(xml("DeleteStack", ""));
    }

    private static Answer error(String code, String message) {
        return new Answer(
                400,
                "<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error><Type>Sender</Type><Code>"
                        + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>1</RequestId></ErrorResponse>");
    }

    private static String xml(String operation, String result) {
        return "<" + operation + "Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><" + operation
                + "Result>" + result + "</" + operation + "Result></" + operation + "Response>";
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}
