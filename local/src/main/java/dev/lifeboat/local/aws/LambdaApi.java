package dev.lifeboat.local.aws;

import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.lambda.LambdaService;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Source: AWS Lambda API reference, Invoke. */
final class LambdaApi implements Service {
    private static final String PREFIX = "/2015-03-31/functions/";
    private static final String SUFFIX = "/invocations";

    private final LambdaService lambda;

    LambdaApi(LambdaService lambda) {
        this.lambda = lambda;
    }

    @Override
    public void handle(Request request) throws IOException, InterruptedException {
        String path = request.path();
        if (!request.method().equals("POST") || !path.startsWith(PREFIX) || !path.endsWith(SUFFIX)) {
            throw new UnknownRequestException(request.describe());
        }
        String name = URLDecoder.decode(
                path.substring(PREFIX.length(), path.length() - SUFFIX.length()), StandardCharsets.UTF_8);
        if (lambda.find(name).isEmpty()) {
            throw new ApiException(404, "ResourceNotFoundException", "Function not found: " + name);
        }
        String payload = request.body();
        String event = payload.isEmpty() ? "{}" : payload;
        if (request.header("X-Amz-Invocation-Type").equals("Event")) {
            lambda.invokeLater(name, event);
            request.reply(202, "application/json", "");
            return;
        }
        try {
            InvocationResult result = lambda.invoke(name, event);
            result.functionError()
                    .ifPresent(e -> request.exchange().getResponseHeaders().set("X-Amz-Function-Error", e));
            request.exchange().getResponseHeaders().set("X-Amz-Executed-Version", "1");
            request.reply(200, "application/json", result.payload());
        } catch (LambdaService.FunctionThrottledException e) {
            throw new ApiException(429, "TooManyRequestsException", e.getMessage());
        }
    }
}
