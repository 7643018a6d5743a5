package dev.polycert.vendor.aws.route53;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Declares the operations as they go over the wire. Bodies are bytes, sent as they are signed. */
@Path("/2013-04-01")
@Produces(MediaType.APPLICATION_XML)
interface Route53Api {

  @GET
  @Path("hostedzonesbyname")
  Uni<Response> listHostedZonesByName(@QueryParam("dnsname") String name);

  @GET
  @Path("hostedzone/{id}/rrset")
  Uni<Response> listResourceRecordSets(
      @PathParam("id") String zoneId,
      @QueryParam("name") String name,
      @QueryParam("type") String type,
      @QueryParam("maxitems") int maxItems);

  @POST
  @Path("hostedzone/{id}/rrset/")
  @Consumes(MediaType.APPLICATION_XML)
  Uni<Response> changeResourceRecordSets(@PathParam("id") String zoneId, byte[] body);
}
