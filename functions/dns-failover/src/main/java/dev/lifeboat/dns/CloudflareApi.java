package dev.lifeboat.dns;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The part of Cloudflare's API v4 that is used: "List Zones", "List DNS Records", "DNS Record Details", "Update DNS Record"
 * and "Batch DNS Records" of the Cloudflare API documentation. Every answer is Cloudflare's envelope, as text.
 */
@RegisterRestClient(configKey = "cloudflare")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface CloudflareApi {
    @GET
    @Path("/zones")
    String zones(@HeaderParam("Authorization") String authorization, @QueryParam("name") String name);

    @GET
    @Path("/zones/{zone}/dns_records")
    String records(
            @HeaderParam("Authorization") String authorization,
            @PathParam("zone") String zone,
            @QueryParam("name") String name,
            @QueryParam("per_page") int perPage);

    @GET
    @Path("/zones/{zone}/dns_records/{record}")
    String recordDetails(
            @HeaderParam("Authorization") String authorization,
            @PathParam("zone") String zone,
            @PathParam("record") String record);

    @PATCH
    @Path("/zones/{zone}/dns_records/{record}")
    String update(
            @HeaderParam("Authorization") String authorization,
            @PathParam("zone") String zone,
            @PathParam("record") String record,
            String body);

    @POST
    @Path("/zones/{zone}/dns_records/batch")
    String batch(@HeaderParam("Authorization") String authorization, @PathParam("zone") String zone, String body);
}
