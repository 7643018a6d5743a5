package dev.polycert.vendor.cloudflare;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Declares the operations as they go over the wire. */
@Path("/client/v4/zones")
@Produces(MediaType.APPLICATION_JSON)
interface CloudflareApi {

  @GET
  Uni<Response> listZones(@QueryParam("name") String name);

  @GET
  @Path("{zone_id}/dns_records")
  Uni<Response> listRecords(
      @PathParam("zone_id") String zoneId,
      @QueryParam("type") String type,
      @QueryParam("name.exact") String name,
      @QueryParam("per_page") int perPage);

  @POST
  @Path("{zone_id}/dns_records")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> createRecord(@PathParam("zone_id") String zoneId, byte[] body);

  @DELETE
  @Path("{zone_id}/dns_records/{dns_record_id}")
  Uni<Response> deleteRecord(
      @PathParam("zone_id") String zoneId, @PathParam("dns_record_id") String id);
}
