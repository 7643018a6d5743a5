package dev.polycert.vendor.huawei.dns;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Declares the operations as they go over the wire. Bodies are bytes, sent as they are signed. */
@Path("/v2/zones")
@Produces(MediaType.APPLICATION_JSON)
interface HuaweiDnsApi {

  @GET
  Uni<Response> listPublicZones(
      @QueryParam("type") String type,
      @QueryParam("name") String name,
      @QueryParam("search_mode") String searchMode);

  @GET
  @Path("{zone_id}/recordsets")
  Uni<Response> listRecordSets(
      @PathParam("zone_id") String zoneId,
      @QueryParam("type") String type,
      @QueryParam("name") String name,
      @QueryParam("search_mode") String searchMode);

  @POST
  @Path("{zone_id}/recordsets")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> createRecordSet(@PathParam("zone_id") String zoneId, byte[] body);

  @PUT
  @Path("{zone_id}/recordsets/{recordset_id}")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> updateRecordSet(
      @PathParam("zone_id") String zoneId, @PathParam("recordset_id") String id, byte[] body);

  @DELETE
  @Path("{zone_id}/recordsets/{recordset_id}")
  Uni<Response> deleteRecordSet(
      @PathParam("zone_id") String zoneId, @PathParam("recordset_id") String id);
}
