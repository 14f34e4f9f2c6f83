using ComposeLab.Api.Hosting;

return args is ["--healthcheck"]
    ? await Healthcheck.RunAsync()
    : await ApiHost.RunAsync(args);
