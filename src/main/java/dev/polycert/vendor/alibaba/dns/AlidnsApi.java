package dev.polycert.vendor.alibaba.dns;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/** Declares Alidns' operations on records as they go over the wire. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "x-acs-version", value = "2015-01-09")
interface AlidnsApi {

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "DescribeSubDomainRecords")
  Uni<Response> describeSubDomainRecords(
      @QueryParam("SubDomain") String name,
      @QueryParam("DomainName") String zone,
      @QueryParam("Type") String type,
      @QueryParam("PageSize") int pageSize);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "AddDomainRecord")
  Uni<Response> addDomainRecord(
      @QueryParam("DomainName") String zone,
      @QueryParam("RR") String host,
      @QueryParam("Type") String type,
      @QueryParam("Value") String value,
      @QueryParam("TTL") int ttl);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "DeleteDomainRecord")
  Uni<Response> deleteDomainRecord(@QueryParam("RecordId") String id);
}
