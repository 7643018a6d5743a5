package dev.polycert.vendor.huawei.waf;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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
interface WafApi {
  String CERTIFICATES = "v1/{project_id}/waf/certificate";

  /**
   * Lists certificates without their contents.
   *
   * @param page from 1
   * @param name part of the names; null for all
   * @param host whether to show the domains that use them
   */
  @GET
  @Path(CERTIFICATES)
  Uni<Response> listCertificates(
      @HeaderParam("X-Project-Id") String project,
      @PathParam("project_id") String projectId,
      @QueryParam("enterprise_project_id") @Nullable String enterpriseProjectId,
      @QueryParam("page") int page,
      @QueryParam("pagesize") int pagesize,
      @QueryParam("name") @Nullable String name,
      @QueryParam("host") boolean host);

  @POST
  @Path(CERTIFICATES)
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> createCertificate(
      @HeaderParam("X-Project-Id") String project,
      @PathParam("project_id") String projectId,
      @QueryParam("enterprise_project_id") @Nullable String enterpriseProjectId,
      byte[] body);

  @POST
  @Path(CERTIFICATES + "/{certificate_id}/apply-to-hosts")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> applyCertificateToHost(
      @HeaderParam("X-Project-Id") String project,
      @PathParam("project_id") String projectId,
      @PathParam("certificate_id") String id,
      @QueryParam("enterprise_project_id") @Nullable String enterpriseProjectId,
      byte[] body);

  @DELETE
  @Path(CERTIFICATES + "/{certificate_id}")
  Uni<Response> deleteCertificate(
      @HeaderParam("X-Project-Id") String project,
      @PathParam("project_id") String projectId,
      @PathParam("certificate_id") String id,
      @QueryParam("enterprise_project_id") @Nullable String enterpriseProjectId);
}
