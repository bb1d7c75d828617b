package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.Arns;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** Source: Amazon EKS API reference, DescribeCluster. */
final class EksApi implements Service {
    private final Map<String, Supplier<EksCluster>> clusters;

    EksApi(Map<String, Supplier<EksCluster>> clusters) {
        this.clusters = Map.copyOf(clusters);
    }

    @Override
    public void handle(Request request) throws IOException {
        String[] path = request.path().split("/", -1);
        if (!request.method().equals("GET") || path.length != 3 || !path[1].equals("clusters")) {
            throw new UnknownRequestException(request.describe());
        }
        Supplier<EksCluster> cluster = clusters.get(path[2]);
        if (cluster == null) {
            throw new ApiException(404, "ResourceNotFoundException", "No cluster found for name: " + path[2] + ".");
        }
        request.reply(200, "application/json", describe(path[2], cluster.get()).toString());
    }

    private static ObjectNode describe(String name, EksCluster cluster) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode described = answer.putObject("cluster")
                .put("name", name)
                .put("arn", Arns.arn("eks", "cluster/" + name))
                .put("createdAt", 0)
                .put("version", "1.33")
                .put("status", "ACTIVE")
                .put("endpoint", cluster.endpoint());
        described.putObject("certificateAuthority").put("data", cluster.certificateAuthorityData());
        return answer;
    }
}
