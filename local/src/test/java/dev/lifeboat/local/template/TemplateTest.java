package dev.lifeboat.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final Path FIXTURE = ROOT.resolve("local/src/test/resources/dev/lifeboat/local/aws/template.yaml");

    @TempDir
    Path directory;

    @Test
    void referencesAreResolvedToTheEmbeddedAccount() throws Exception {
        Template template = Template.read(FIXTURE, Map.of("Prefix", "mine"));

        FunctionResource echo = template.functions().get("Echo");
        assertThat(echo.code()).isEqualTo(FIXTURE.resolveSibling("function.zip"));
        assertThat(echo.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(echo.environment())
                .containsEntry("FROM_GLOBALS", "1")
                .containsEntry("FROM_TEMPLATE", "a+b")
                .containsEntry("TOPIC", "arn:aws:sns:us-east-1:000000000000:mine-topic")
                .containsEntry(
                        "JSON",
                        "{\"machine\": \"arn:aws:states:us-east-1:000000000000:stateMachine:mine-machine\","
                                + " \"more\": \"mine\", \"literal\": \"${Kept}\"}");
        assertThat(template.machines().get("Machine").substitutions())
                .containsEntry("EchoFunction", "arn:aws:lambda:us-east-1:000000000000:function:Echo:live");
        assertThat(template.rules()).hasSize(2);
        assertThat(template.schedules()).extracting(ScheduleResource::name).containsExactly("mine-minutely");
        assertThat(template.alarms())
                .extracting(AlarmResource::datapointsToAlarm)
                .containsExactly(2);
        assertThat(template.buckets().get("mine-bucket").versioned()).isTrue();
        assertThat(template.ssmParameters()).containsEntry("/mine/mode", "automatic");
        assertThat(template.outputs()).containsEntry("Bucket", "mine-bucket");
        assertThat(template.leftOut()).containsOnlyKeys("Key", "MachineRole");
    }

    @Test
    void thisRepositorysTemplateIsUnderstoodAndItsJsonIsJson() throws Exception {
        Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());

        assertThat(template.functions())
                .containsKeys("Probe", "BackupVerifier", "AlarmHandler", "RecoverDatabase", "DnsFailover");
        FunctionResource handler = template.functions().get("AlarmHandler");
        for (String variable : new String[] {"TARGET_PARAMETER", "ALARMS_PARAMETER"}) {
            String parameter = handler.environment().get(variable);
            assertThat(Json.mapper()
                            .readTree(template.ssmParameters().get(parameter))
                            .isObject())
                    .as(variable)
                    .isTrue();
        }
        for (ScheduleResource schedule : template.schedules()) {
            assertThat(Json.mapper().readTree(schedule.target().input()).isObject())
                    .isTrue();
        }
        assertThat(template.alarms()).extracting(AlarmResource::missing).contains("breaching");
    }

    @Test
    void everyAlarmIsMappedAndEveryMachineOfTheAlarmHandlerIsThere() throws Exception {
        Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());
        Map<String, String> environment =
                template.functions().get("AlarmHandler").environment();
        String mapping = template.ssmParameters().get(environment.get("ALARMS_PARAMETER"));

        // The limit of a standard parameter: "PutParameter" of the Systems Manager API reference.
        assertThat(mapping).hasSizeLessThanOrEqualTo(4096);
        assertThat(template.alarms())
                .extracting(AlarmResource::name)
                .isNotEmpty()
                .isSubsetOf(names(Json.mapper().readTree(mapping)));
        JsonNode machines = Json.mapper().readTree(environment.get("MACHINES"));
        assertThat(names(machines)).contains("database", "settle", "rerun-backup", "verify-backup");
        assertThat(machines)
                .extracting(JsonNode::textValue)
                .isSubsetOf(template.machines().values().stream()
                        .map(MachineResource::arn)
                        .toList());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A change of a parameter publishes no version by itself: "AWS::Lambda::Version" of CloudFormation's reference. */
    @Test
    void aVersionIsPublishedWhenAParameterOfItsConfigurationChanges() {
        JsonNode tree = TemplateYaml.read(ROOT.resolve("template.yaml"));
        Set<String> parameters = new TreeSet<>();
        tree.path("Parameters").fieldNames().forEachRemaining(parameters::add);
        parameters.remove("TargetName"); // names the resources: another one is another stack
        tree.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals("AWS::Serverless::Function"))
                .forEach(resource -> {
                    JsonNode properties = resource.getValue().path("Properties");
                    String configuration = properties.path("Environment") + " " + properties.path("VpcConfig");
                    String description = properties.path("VersionDescription").toString();
                    assertThat(parameters.stream().filter(name -> mentions(configuration, name)))
                            .as(resource.getKey())
                            .allSatisfy(name -> assertThat(mentions(description, name))
                                    .as(name)
                                    .isTrue());
                });
    }

    /** The limit is that of PublishVersion's Description in Lambda's reference, and CloudFormation counts what it filled in. */
    @Test
    void noVersionsDescriptionIsTooLongWhateverTheParametersAre() {
        JsonNode tree = TemplateYaml.read(ROOT.resolve("template.yaml"));
        Intrinsics longest = new Intrinsics(tree, new LongestParameters(tree.path("Parameters")));
        Map<String, String> descriptions = new TreeMap<>();
        tree.path("Resources").properties().forEach(resource -> {
            JsonNode description = resource.getValue().path("Properties").path("VersionDescription");
            if (!description.isMissingNode()) {
                descriptions.put(
                        resource.getKey(),
                        longest.resolve(description, resource.getKey()).asText());
            }
        });

        assertThat(descriptions).containsKeys("Probe", "RecoverDatabase", "DnsFailover", "IntegrityAuditor");
        assertThat(descriptions)
                .allSatisfy((function, description) -> assertThat(description).hasSizeLessThanOrEqualTo(256));
    }

    private static boolean mentions(String json, String parameter) {
        return json.contains("\"Ref\":\"" + parameter + "\"") || json.contains("${" + parameter + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{Type: AWS::DynamoDB::Table} | Resource 'R' has the type AWS::DynamoDB::Table, which the local runner neither plays nor knows to be without local meaning.",
                "{Type: AWS::SSM::Parameter, Properties: {Value: !Ref Nope}} | Unresolved reference 'Nope' at R.Value.",
                "{Type: AWS::SSM::Parameter, Properties: {Value: !Sub '${P.Arn}'}} | Unresolved attribute 'P.Arn' at R.Value.",
                "{Type: AWS::SSM::Parameter, Properties: {Value: {'Fn::Cidr': []}}} | Unknown intrinsic function Fn::Cidr at R.Value.",
                "{Type: AWS::Events::Rule, Properties: {EventBusName: other}} | R.EventBusName is 'other', supported here is 'default' alone.",
                "{Type: AWS::Serverless::Function, Properties: {CodeUri: z, Handler: h, Layers: []}} | R has properties that the local runner does not know: Layers.",
                "{Type: AWS::Serverless::Function, Properties: {CodeUri: z, Handler: h, Events: {E: {Type: SQS}}}} | R.E has the event type 'SQS', which the local runner does not know."
            })
    void whatIsNotUnderstoodIsNamed(String resource, String message) throws Exception {
        Path file = directory.resolve("template.yaml");
        Files.writeString(file, "Resources:\n  R: " + resource + "\n");

        assertThatThrownBy(() -> Template.read(file, Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @Test
    void parametersAreCheckedAsCloudFormationDoes() {
        assertThatThrownBy(() -> Template.read(FIXTURE, Map.of("Prefix", "NO")))
                .hasMessage("Parameter 'Prefix' is 'NO', which does not match [a-z]+.");
        assertThatThrownBy(() -> Template.read(FIXTURE, Map.of("Prefixx", "a")))
                .hasMessage("The template has no parameter 'Prefixx', only [Mail, Names, Prefix, Subnets].");
    }

    @Test
    void anUnknownTagIsNamed() throws Exception {
        Path file = directory.resolve("template.yaml");
        Files.writeString(file, "Resources:\n  R: !Transform {Name: x}\n");

        assertThatThrownBy(() -> Template.read(file, Map.of())).hasMessageStartingWith("Unknown tag !Transform");
    }
}
