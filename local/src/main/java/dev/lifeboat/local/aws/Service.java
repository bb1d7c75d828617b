package dev.lifeboat.local.aws;

import java.io.IOException;

/** One AWS service of the front. */
interface Service {
    /**
     * @throws ApiException a refusal that the service itself would give
     * @throws UnknownRequestException when this part of the service is not played
     */
    void handle(Request request) throws IOException, InterruptedException;
}
