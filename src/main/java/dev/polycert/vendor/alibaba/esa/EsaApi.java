package dev.polycert.vendor.alibaba.esa;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jspecify.annotations.Nullable;

/**
 * Declares ESA's operations as they go over the wire: one path, the operation in a header, its
 * parameters in the query, also with POST.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "x-acs-version", value = "2024-09-10")
interface EsaApi {

  @GET
  @ClientHeaderParam(name = "x-acs-action", value = "ListSites")
  Uni<Response> listSites(
      @QueryParam("SiteName") @Nullable String siteName,
      @QueryParam("SiteSearchType") @Nullable String searchType,
      @QueryParam("PageNumber") int page,
      @QueryParam("PageSize") int pageSize);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "ListCertificates")
  Uni<Response> listCertificates(
      @QueryParam("SiteId") String siteId,
      @QueryParam("Keyword") @Nullable String keyword,
      @QueryParam("PageNumber") int page,
      @QueryParam("PageSize") int pageSize);

  @GET
  @ClientHeaderParam(name = "x-acs-action", value = "GetCertificateQuota")
  Uni<Response> getCertificateQuota(
      @QueryParam("SiteId") String siteId, @QueryParam("Type") String type);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "ApplyCertificate")
  Uni<Response> applyCertificate(
      @QueryParam("SiteId") String siteId,
      @QueryParam("Domains") String domain,
      @QueryParam("Type") String type);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "GetCertificate")
  Uni<Response> getCertificate(@QueryParam("SiteId") String siteId, @QueryParam("Id") String id);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "ListCertificatesByRecord")
  Uni<Response> listCertificatesByRecord(
      @QueryParam("SiteId") String siteId,
      @QueryParam("RecordName") String recordName,
      @QueryParam("ValidOnly") boolean validOnly,
      @QueryParam("Detail") boolean detail);

  @GET
  @ClientHeaderParam(name = "x-acs-action", value = "DeleteCertificate")
  Uni<Response> deleteCertificate(@QueryParam("SiteId") String siteId, @QueryParam("Id") String id);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "VerifySite")
  Uni<Response> verifySite(@QueryParam("SiteId") String siteId);

  /** Its parameters are a form, as bytes: sent as they are signed. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @ClientHeaderParam(name = "x-acs-action", value = "SetCertificate")
  Uni<Response> setCertificate(byte[] form);
}
