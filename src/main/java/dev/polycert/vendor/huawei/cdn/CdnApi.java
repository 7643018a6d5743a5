package dev.polycert.vendor.huawei.cdn;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The operations on the wire. Bodies are bytes, sent as they are signed. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface CdnApi {

  @GET
  @Path("v1.1/cdn/configuration/domains/{domain_name}/configs")
  Uni<Response> showDomainFullConfig(
      @PathParam("domain_name") String domain,
      @QueryParam("enterprise_project_id") @Nullable String enterpriseProjectId);

  @PUT
  @Path("v1.0/cdn/domains/config-https-info")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> updateDomainMultiCertificates(
      @QueryParam("enterprise_project_id") @Nullable String enterpriseProjectId, byte[] body);
}
